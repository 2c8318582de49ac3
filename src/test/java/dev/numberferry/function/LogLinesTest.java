package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.numberferry.domain.StoreException;
import dev.numberferry.event.Payload;
import dev.numberferry.migration.Sweep.SweepFailedException;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.LogLines;
import dev.numberferry.standin.Sample;
import dev.numberferry.support.Machine;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person finds in the log: whose line it is, and how bad it is. */
@QuarkusTest
class LogLinesTest extends FunctionTestBase {

  @Inject SweepFunction sweep;
  @Inject BrakeFunction brake;

  private final Lines lines = new Lines();

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(lines);
  }

  @AfterEach
  void listenNoMore() {
    Logger.getLogger("").removeHandler(lines);
  }

  /** Threads are made in one run and used in others. */
  @Test
  void everyLineOfARunBearsItsOwnIds() {
    outside.resetToAnyNumber();
    outside
        .graph()
        .fieldAnswers("webhook_configuration", aResponse().withFault(Fault.EMPTY_RESPONSE));

    for (String number : List.of(Sample.NUMBER, OTHER_NUMBER, "306540352242922")) {
      lines.all.clear();
      String dryRun = sampleOf(number).put("dryRun", true).toString();
      String id = invoke(dryRun).statusCode(200).extract().path("migrationId");

      assertThat(lines.ofOurs()).hasSizeGreaterThan(3);
      assertThat(lines.ofOurs())
          .allSatisfy(
              it -> {
                assertThat(it.ids()).as(it.text()).containsEntry("migrationId", id);
                assertThat(it.ids()).containsEntry("phoneNumberId", number);
                assertThat(it.ids()).containsEntry("trigger", "direct");
              });
      assertThat(lines.ofOurs().stream().map(Line::thread).distinct().count())
          .as("a thread of its own asks WhatsApp")
          .isGreaterThan(1);
    }
  }

  @Test
  void aLineSaysHowFarItsRunIs() {
    invokeSample();

    assertThat(lines.ofOurs().stream().map(it -> it.ids().get("step")).filter(it -> it != null))
        .containsSubsequence("check", "register", "publish");
  }

  @Test
  void theIdsAreGoneWithTheRun() {
    invokeSample();
    lines.all.clear();

    assertThat(
            invoke("{\"schemaVersion\": 1, \"migrationId\": \"m\", \"status\": \"MIGRATED\"}")
                .extract()
                .statusCode())
        .isEqualTo(200);

    assertThat(lines.ofOurs())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.ids().keySet())
                    .doesNotContainAnyElementsOf(
                        Set.of("migrationId", "phoneNumberId", "trigger", "step")));
  }

  @Test
  void aMessageThatComesAgainIsSaidToBeItsRuns() {
    outside.secrets().fails("GetSecretValue", 500, "InternalServiceError");

    invoke(message("m-1", 1, sample().toString()));

    String id = lastPublished().getString("migrationId");
    assertThat(lines.saying("has to come again, and comes back in"))
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.ids())
                    .containsEntry("migrationId", id)
                    .containsEntry("phoneNumberId", Sample.NUMBER));
  }

  /** Whoever publishes another run's result says so in lines of that run. */
  @Test
  void whatARunHasLeftIsToldInItsLines() {
    outside.topic().fails();
    invokeSample();
    age(Duration.ofHours(1));
    outside.aws().recovers();
    lines.all.clear();

    sweep.sweep(null);

    String id = lastPublished().getString("migrationId");
    assertThat(lines.saying("Published the result"))
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.ids())
                    .containsEntry("migrationId", id)
                    .containsEntry("phoneNumberId", Sample.NUMBER)
                    .containsEntry("trigger", "sweep"));
    assertThat(lines.saying("Swept").get(0).ids()).doesNotContainKey("migrationId");
  }

  @Test
  void aMoveIsNoNewsForAnybody() {
    invokeSample();

    assertLastLine(Level.INFO, "Ended: MIGRATED");
  }

  @Test
  void aLineThatIsDownIsAnError() {
    outside.graph().refuses(400, 133005);

    invokeSample();

    assertLastLine(Level.ERROR, "Ended: REJECTED");
  }

  @Test
  void whatNobodyKnowsIsAnError() {
    outside.graph().answers(aResponse().withStatus(502));

    invokeSample();

    assertLastLine(Level.ERROR, "Ended: UNKNOWN");
  }

  @Test
  void whatAPersonHasToCorrectIsAWarning() {
    invoke("{}");

    assertLastLine(Level.WARN, "Ended: INVALID, migration ");
  }

  @Test
  void aRehearsalWarnsOfNothing() {
    outside.graph().tells(GraphStandIn.state("ON_PREMISE", "BANNED"));

    invoke(sampleWith("dryRun", true)).body("status", equalTo("NOT_READY"));

    assertLastLine(Level.INFO, "Ended: NOT_READY");
  }

  @Test
  void soDoesARehearsalThatCannotBeRead() {
    invoke(sample().put("dryRun", true).put("pin", "x").toString())
        .body("status", equalTo("INVALID"));

    assertLastLine(Level.INFO, "Ended: INVALID");
    assertThat(outside.topic().messages().get(0).attributes()).containsEntry("urgency", "none");
  }

  @Test
  void aResultThatNobodyHasHeardIsAnError() {
    outside.topic().fails();

    failed(invokeSample(), "NotPublished");

    assertLastLine(Level.ERROR, "Ended, and the topic has not heard it: MIGRATED");
  }

  @Test
  void aResultThatIsNotRecordedIsAnError() {
    outside.ledger().fails("PutItem", "MIGRATED");

    failed(invokeSample(), "NotRecorded");

    assertLastLine(Level.ERROR, "Ended, and the ledger does not know it: MIGRATED");
    assertThat(outside.topic().messages().get(0).attributes()).containsEntry("urgency", "now");
  }

  /** Once by its run, and by nobody else: the invoker gets the whole of it. */
  @Test
  void aFailedInvocationIsToldOnce() {
    outside.secrets().fails("GetSecretValue", 500, "InternalServiceError");

    failed(invokeSample(), "NotSent");

    assertLastLine(Level.INFO, "Ended: NOT_SENT");
    assertThat(lines.saying("NOT_SENT")).hasSize(1);
    assertThat(lines.all.stream().map(Line::logger))
        .noneMatch(it -> it.startsWith("io.quarkus.amazon.lambda"));
  }

  @Test
  void aSweepThatFailsIsToldOnce() {
    outside.topic().fails();
    invokeSample();
    age(Duration.ofHours(1));
    lines.all.clear();

    assertThatThrownBy(() -> sweep.sweep(null)).isInstanceOf(SweepFailedException.class);

    assertThat(lines.saying("could not be settled"))
        .singleElement()
        .satisfies(it -> assertThat(it.level()).isEqualTo(Level.ERROR));
  }

  @Test
  void aCommandThatIsRefusedIsToldOnce() {
    assertThatThrownBy(() -> brake.brake(Payload.of("{\"engage\": 5, \"by\": \"Kim\"}")))
        .isInstanceOf(FailedInvocation.class);

    assertThat(lines.ofOurs())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.text()).startsWith("Invalid: engage");
              assertThat(it.level()).isEqualTo(Level.WARN);
            });
  }

  /** Funqy makes an exception of it, which Quarkus would catch in silence. */
  @Test
  void anErrorIsToldOnceByWhereItCameFrom() {
    QuarkusMock.installMockForType(
        new Machine() {
          @Override
          public String newId() {
            throw new StackOverflowError();
          }
        },
        Machine.class);

    invokeSample().statusCode(500);

    assertThat(lines.saying("Unexpected: java.lang.StackOverflowError")).hasSize(1);
    assertNothingSent();
  }

  @Test
  void aSweepThatCannotReadItsIndexIsToldOnce() {
    outside.ledger().fails("Query", "");

    assertThatThrownBy(() -> sweep.sweep(null)).isInstanceOf(StoreException.class);

    assertThat(lines.ofOurs())
        .filteredOn(it -> it.level().equals(Level.ERROR))
        .singleElement()
        .satisfies(it -> assertThat(it.text()).contains("dynamodb:Query"));
  }

  /** Its text may quote what it came from. */
  @Test
  void aSurpriseIsToldOnceByWhereItCameFrom() {
    QuarkusMock.installMockForType(
        new Machine() {
          @Override
          public String newId() {
            throw new IllegalStateException("quotes something");
          }
        },
        Machine.class);

    invokeSample()
        .statusCode(500)
        .body("errorType", equalTo("Unexpected"))
        .body(
            "errorMessage",
            equalTo(
                "An unexpected error stopped the function (IllegalStateException). Report the log"
                    + " line of this invocation."));

    assertThat(lines.saying("Unexpected: java.lang.IllegalStateException at "))
        .singleElement()
        .satisfies(it -> assertThat(it.level()).isEqualTo(Level.ERROR));
    assertThat(lines.saying("quotes something")).isEmpty();
    assertNothingSent();
  }

  private void assertLastLine(java.util.logging.Level level, String beginning) {
    List<Line> ours = lines.ofOurs();
    Line last = ours.get(ours.size() - 1);
    assertThat(last.text()).startsWith(beginning);
    assertThat(last.level()).isEqualTo(level);
  }

  private record Line(
      String logger,
      java.util.logging.Level level,
      String text,
      Map<String, String> ids,
      String thread) {}

  private static final class Lines extends Handler {

    private final List<Line> all = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      ExtLogRecord record = ExtLogRecord.wrap(line);
      all.add(
          new Line(
              record.getLoggerName(),
              record.getLevel(),
              LogLines.message(line),
              record.getMdcCopy(),
              record.getThreadName()));
    }

    List<Line> ofOurs() {
      return all.stream().filter(it -> it.logger().startsWith("dev.numberferry")).toList();
    }

    List<Line> saying(String words) {
      return all.stream().filter(it -> it.text().contains(words)).toList();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
