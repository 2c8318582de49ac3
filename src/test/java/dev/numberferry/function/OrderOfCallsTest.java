package dev.numberferry.function;

import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which remote calls a run makes, and which of them side by side. */
@QuarkusTest
class OrderOfCallsTest extends FunctionTestBase {

  private static final int PATIENCE_S = 20;

  private final List<String> calls = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopListening() {
    listen(CallListener.NONE);
  }

  @Test
  void aRunMakesSixCallsInSeriesBesidesRegister() {
    // No other test asks with this token, so nothing of it is kept yet.
    onlySharedToken("order-of-calls");
    CyclicBarrier inputs = new CyclicBarrier(4);
    CyclicBarrier afterwards = new CyclicBarrier(7);
    listen(
        new Meetings(
            Map.of(
                "SecretsManager.GetSecretValue", inputs,
                "S3.GetObject", inputs,
                "DynamoDB.BatchGetItem", inputs,
                "DynamoDB.PutItem (result)", afterwards,
                "GET number again", afterwards,
                "GET app", afterwards,
                "GET subscribed_apps", afterwards,
                "GET settings", afterwards)));

    answered(invoke(sampleWith("dataLocalizationRegion", "DE")));

    assertThat(calls.subList(0, 4))
        .containsExactlyInAnyOrder(
            "SecretsManager.GetSecretValue",
            "SecretsManager.GetSecretValue",
            "S3.GetObject",
            "DynamoDB.BatchGetItem");
    assertThat(calls.subList(4, 7))
        .containsExactly("GET number", "DynamoDB.PutItem (claim)", "POST register");
    assertThat(calls.subList(7, 14))
        .containsExactlyInAnyOrder(
            "DynamoDB.PutItem (result)",
            "GET number",
            "GET number",
            "GET number",
            "GET app",
            "GET subscribed_apps",
            "GET settings");
    assertThat(calls.subList(14, calls.size()))
        .containsExactly("SNS.Publish", "DynamoDB.PutItem (published)");
  }

  @Test
  void aDryRunMakesSixCallsInSeries() {
    onlySharedToken("dry-run");
    CyclicBarrier inputs = new CyclicBarrier(3);
    CyclicBarrier rest = new CyclicBarrier(5);
    listen(
        new Meetings(
            Map.of(
                "SecretsManager.GetSecretValue", inputs,
                "S3.GetObject", inputs,
                "GET number again", rest,
                "GET app", rest,
                "GET subscribed_apps", rest,
                "GET debug_token", rest)));

    answered(invoke(sampleWith("dryRun", true)));

    assertThat(calls.subList(0, 4))
        .containsExactlyInAnyOrder(
            "DynamoDB.BatchGetItem",
            "SecretsManager.GetSecretValue",
            "SecretsManager.GetSecretValue",
            "S3.GetObject");
    assertThat(calls.get(4)).isEqualTo("GET number");
    assertThat(calls.subList(5, calls.size()))
        .containsExactlyInAnyOrder(
            "GET number",
            "GET number",
            "GET app",
            "GET subscribed_apps",
            "GET debug_token",
            "SNS.Publish",
            "DynamoDB.PutItem (last result)")
        .endsWith("SNS.Publish", "DynamoDB.PutItem (last result)");
  }

  /** Over the entry as it was read. */
  @Test
  void whatWasHeardAndTheLastAnswerAreKeptInOneWrite() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    listen(new Meetings(Map.of()));

    invoke(message("m", 1, Sample.event("direct.json")));

    assertThat(calls.subList(calls.indexOf("GET number"), calls.size()))
        .containsExactly("GET number", "SNS.Publish", "DynamoDB.PutItem (last result)");
  }

  @Test
  void aClaimWhoseAnswerWasLostIsStillThisRunsOwn() {
    listen(new LosesTheClaimsAnswer());

    answered(invokeSample()).body("status", equalTo("MIGRATED"));

    assertThat(calls).filteredOn("DynamoDB.PutItem (claim)"::equals).hasSize(2);
    assertRegisteredOnce();
  }

  @Test
  void aHarmIsCountedWhenItIsRecordedAndNotYetPublished() {
    outside.graph().refuses(400, 133005);
    listen(new Meetings(Map.of()));

    answered(invokeSample());

    assertThat(calls.subList(calls.indexOf("POST register"), calls.size()))
        .containsExactly(
            "POST register",
            "DynamoDB.PutItem (result)",
            "DynamoDB.GetItem",
            "DynamoDB.PutItem (brake)",
            "SNS.Publish",
            "DynamoDB.PutItem (published)");
  }

  /** Beside each other the inputs, and then four more calls one after the other. */
  @Test
  void aReplayThatIsOfAnotherNumberIsToldSoAfterOneLook() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());
    listen(new Meetings(Map.of()));

    invoke(sampleWith("expectedNumber", "+49 151 23456789")).body("status", equalTo("INVALID"));

    // Whether the shared token is among the inputs depends on what ran before.
    assertThat(Set.copyOf(calls.subList(0, calls.size() - 4)))
        .containsExactlyInAnyOrder(
            "SecretsManager.GetSecretValue", "S3.GetObject", "DynamoDB.BatchGetItem");
    assertThat(calls.subList(calls.size() - 4, calls.size()))
        .containsExactly(
            "SecretsManager.GetSecretValue",
            "GET number",
            "SNS.Publish",
            "DynamoDB.PutItem (published)");
    assertRegisteredOnce();
  }

  private void listen(CallListener listener) {
    outside.aws().listener(listener);
    outside.graph().listener(listener);
  }

  /** Lets certain calls through only when all of them are under way at the same time. */
  private final class Meetings implements CallListener {

    private final Map<String, CyclicBarrier> meetings;

    private Meetings(Map<String, CyclicBarrier> meetings) {
      this.meetings = meetings;
    }

    @Override
    public boolean arrived(Call call) {
      boolean again = calls.contains("GET number") && call.name().equals("GET number");
      calls.add(call.name());
      CyclicBarrier meeting = meetings.get(again ? "GET number again" : call.name());
      return meeting == null || met(meeting);
    }

    private boolean met(CyclicBarrier meeting) {
      try {
        meeting.await(PATIENCE_S, TimeUnit.SECONDS);
        return true;
      } catch (BrokenBarrierException | TimeoutException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void tookEffect(Call call) {}
  }

  /** Keeps the answer to the first write of the claim until the SDK has repeated it. */
  private final class LosesTheClaimsAnswer implements CallListener {

    private final CountDownLatch repeated = new CountDownLatch(2);

    @Override
    public boolean arrived(Call call) {
      calls.add(call.name());
      if (isClaim(call)) {
        repeated.countDown();
      }
      return true;
    }

    @Override
    public void tookEffect(Call call) {
      if (isClaim(call)) {
        try {
          assertThat(repeated.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private boolean isClaim(Call call) {
      return call.name().equals("DynamoDB.PutItem (claim)");
    }
  }
}
