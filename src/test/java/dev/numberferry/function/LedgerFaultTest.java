package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The ledger fails, forgets to answer, or holds what another version of this program wrote. */
@QuarkusTest
class LedgerFaultTest extends FunctionTestBase {

  @AfterEach
  void stopListening() {
    outside.aws().listener(CallListener.NONE);
  }

  @Test
  void aResultIsRecordedAsSoonAsTheLedgerWorksAgain() {
    outside.graph().refuses(400, 133005);
    outside.ledger().failsFor(3, "PutItem", "REJECTED");

    answered(invokeSample()).body("status", equalTo("REJECTED"));

    assertThat(newestAttempt().getInt("result.error.code")).isEqualTo(133005);
    assertThat(newestAttempt().getBoolean("published")).isTrue();
    assertRegisteredOnce();
  }

  @Test
  void aResultThatCouldNotBeRecordedInTimeIsRecordedAfterItWasPublished() {
    outside.graph().refuses(400, 133005);
    outside.ledger().fails("PutItem", "REJECTED");
    outside.aws().listener(CallListener.of(call -> {}, this::recoverAtPublish));

    answered(invokeSample()).body("status", equalTo("REJECTED"));
    assertThat(newestAttempt().getBoolean("published")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "true, table number-ferry-ledger has another key than a ledger",
    "false, table number-ferry-ledger does not exist"
  })
  void aTableThatIsNoLedgerIsNamedWhereACallMeetsIt(boolean other, String message) {
    if (other) {
      outside.ledger().isAnotherTable();
    } else {
      outside.ledger().remove();
    }

    JsonPath result = failed(invokeSample(), "NotSent");

    assertThat(result.getString("error.message")).isEqualTo(message);
    assertThat(result.getString("nextStep")).contains("FERRY_LEDGER_TABLE", "ExistingLedger");
    assertNothingSent();
  }

  @Test
  void aClaimWhoseAnswerWasLostAndThatSomebodyHasWrittenOverIsStillThisRunsOwn() {
    CountDownLatch repeated = new CountDownLatch(2);
    outside
        .aws()
        .listener(
            CallListener.of(
                call -> count(call, repeated),
                call -> {
                  if (call.name().equals(CLAIM) && repeated.getCount() == 1) {
                    writeOver();
                    await(repeated);
                  }
                }));

    answered(invokeSample()).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void aClaimThatNobodyCanConfirmMayStandAndItsClosingSaysSo() {
    CountDownLatch repeated = new CountDownLatch(2);
    outside
        .aws()
        .listener(
            new CallListener() {
              @Override
              public boolean arrived(Call call) {
                boolean silent = repeated.getCount() == 1 && call.name().startsWith("DynamoDB");
                count(call, repeated);
                return (!silent && repeated.getCount() > 0) || call.name().startsWith("SNS");
              }

              @Override
              public void tookEffect(Call call) {
                if (call.name().equals(CLAIM)) {
                  await(repeated);
                }
              }
            });

    invokeSample().statusCode(500);

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertThat(published().getString("error.message")).contains("may stand");
    assertNothingSent();
    outside.aws().listener(CallListener.NONE);
    makeTheClaimStale();
    invokeSample()
        .body(
            "status", equalTo("UNKNOWN"),
            "migrationId", equalTo(published(0).getString("migrationId")),
            "error.message",
                allOf(containsString("nothing was sent"), containsString("PIN was refused")));
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidRequestException, 400",
    "ResourceExistsException, 400",
    "LimitExceededException, 400",
    "InternalServiceError, 500",
    "SomethingNew, 418"
  })
  void whatFailsBetweenClaimAndCallEndsTheAttemptAndTheSameEventWorksLater(
      String code, int status) {
    outside.graph().tells(withoutPin());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
    outside.secrets().fails("PutSecretValue", status, code);

    invokeSample();

    assertThat(newestAttempt().getString("result.status")).isIn("NOT_SENT", "INVALID");
    assertThat(published().getString("status"))
        .isEqualTo(newestAttempt().getString("result.status"));
    assertNothingSent();
    outside.aws().recovers();
    invokeSample().body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({
    "open, WITHHELD, IN_PROGRESS",
    "unknown-unpublished, UNKNOWN, ",
    "refused-generated-pin, WITHHELD, PIN_REFUSED",
    "retry-as-text, WITHHELD, AFTER_UNKNOWN",
    "last, MIGRATED, "
  })
  void entriesOfTheFirstVersionAreReadAndWrittenOn(String file, String status, String reason) {
    putEntry("entries-0.1.0", file, null);

    invokeSample()
        .body(
            "status", equalTo(status),
            "reason", equalTo(reason));

    assertThat(outside.graph().registers()).hasSize(status.equals("MIGRATED") ? 1 : 0);
  }

  /** Each of these calls was over at noon, and the ledger's clock stands so much later. */
  @ParameterizedTest
  @CsvSource({
    "pin-guesses, PT11H59M, BLOCKED",
    "pin-guesses, PT12H1M, ",
    "calls-used-up, PT71H59M, BLOCKED",
    "calls-used-up, PT72H1M, ",
    "unknown-retried, PT1M, IN_PROGRESS",
    "unknown-retried, PT2M, ",
    "migrated, PT1M, IN_PROGRESS",
    "migrated, PT2M, "
  })
  void entriesOfNovemberHoldARetryBackForAsLongAsNewOnes(
      String file, Duration later, String reason) {
    putEntry("entries-2026-11-26", file, "2");
    Instant noon = Instant.parse("2026-11-26T12:00:00Z");
    outside.ledger().clock(Clock.fixed(noon.plus(later), ZoneOffset.UTC));

    invoke(sampleRetrying("I know better"))
        .body(
            "status", equalTo(reason == null ? "MIGRATED" : "WITHHELD"),
            "reason", equalTo(reason));

    assertThat(outside.graph().registers()).hasSize(reason == null ? 1 : 0);
  }

  @Test
  void aRetryThatIsOnRecordWithoutAStateIsTheSameWithOne() {
    putEntry("entries-2026-11-26", "unknown-retried", "2");
    Map<String, String> retry =
        Map.of("after", "none", "reason", "ticket 4711: I looked", "state", "platform ON_PREMISE");

    invoke(sampleWith("retry", retry)).body("replayed", equalTo(true));
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({"migrated, 0", "migrated-unseen, 1"})
  void theNumberOfAnEntryOfNovemberIsCompared(String file, int looks) {
    putEntry("entries-2026-11-26", file, "2");

    answered(invoke(sampleWith("expectedNumber", "+49 151 23456789")))
        .body(
            "status", equalTo("INVALID"),
            "error.message", startsWith("expectedNumber"));
    assertThat(outside.graph().looks()).hasSize(looks);
    assertNothingSent();
  }

  @Test
  void anEntryThatIsWrittenOnHasThePresentFormat() {
    putEntry("entries-0.1.0", "last", null);

    answered(invokeSample());

    assertThat(outside.ledger().items().get(0).get("format").n()).isEqualTo("2");
  }

  @Test
  void anEntryOfANewerVersionIsNotTouched() {
    putEntry("entries-0.1.0", "last", "3");
    Map<String, AttributeValue> before = outside.ledger().items().get(0);

    invokeSample().statusCode(500);

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertThat(published().getString("error.message")).contains("written by a newer version");
    assertThat(outside.ledger().items().get(0)).isEqualTo(before);
    assertNothingSent();
  }

  private void recoverAtPublish(CallListener.Call call) {
    if (call.name().equals("SNS.Publish")) {
      outside.aws().recovers();
    }
  }

  private static ObjectNode withoutPin() {
    return GraphStandIn.state("ON_PREMISE", "CONNECTED").put("is_pin_enabled", false);
  }
}
