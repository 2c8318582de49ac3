package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.numberferry.standin.GraphStandIn.state;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.FleetOrder.Stage;
import dev.numberferry.event.Payload;
import dev.numberferry.fleet.FleetAnswer;
import dev.numberferry.fleet.FleetAnswer.Go;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.EventServer;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A list of numbers from its dry run to its last report; the rows are sent as a Map sends them. */
@QuarkusTest
class FleetTest extends FleetTestBase {

  private static final String ALL = "\"upTo\": \"ALL\", \"canary\": 2";

  @Inject ObjectMapper json;
  @Inject BackupUploadedFunction uploaded;

  @Test
  void itBeginsWithADryRunOfAllRows() {
    manifestOf(3);

    FleetAnswer answer = begin("r", "\"concurrency\": 7");

    assertThat(answer.go()).isEqualTo(Go.ROWS);
    assertThat(answer.stage().name()).isEqualTo(Stage.DRY_RUN);
    assertThat(answer.stage().concurrency()).isEqualTo(7);
    assertThat(answer.stage().tolerated()).isEqualTo(3);
    assertThat(answer.stage().events()).isEqualTo("runs/r/DRY_RUN.json");
    assertThat(list(answer).get(0))
        .isEqualTo(
            parse(
                """
                {"phoneNumberId": "106540352240001", "dryRun": true,
                 "backup": {"bucket": "number-ferry-backups", "key": "in/106540352240001.json"}}
                """));
    assertThat(numbers(answer)).containsExactly(number(1), number(2), number(3));
  }

  @Test
  void withoutAWordItEndsAfterTheDryRunAndHasCalledNothing() {
    manifestOf(3);

    FleetAnswer answer = all("r", "");

    assertThat(answer.go()).isEqualTo(Go.FINISHED);
    assertThat(answer.verdict().counts()).isEqualTo(Map.of("READY", 3));
    assertThat(answer.verdict().report()).isEqualTo("runs/r/report-DRY_RUN.csv");
    assertThat(reported(answer, 1)).containsExactly("2: READY", "3: READY", "4: READY");
    assertNothingSent();
  }

  @Test
  void allMoveOnceAndTheNextRunOfTheListCallsNothing() {
    manifestOf(5);
    FleetAnswer dryRun = begin("r", ALL);
    send(dryRun);

    FleetAnswer canary = after("r", ALL, dryRun);

    assertThat(canary.stage().name()).isEqualTo(Stage.CANARY);
    assertThat(canary.stage().concurrency()).isEqualTo(1);
    assertThat(canary.stage().tolerated()).isZero();
    assertThat(numbers(canary)).containsExactly(number(1), number(2));
    assertThat(list(canary)).noneMatch(it -> it.has("dryRun"));
    send(canary);

    FleetAnswer others = after("r", ALL, canary);

    assertThat(others.stage().name()).isEqualTo(Stage.ALL);
    assertThat(others.stage().concurrency()).isEqualTo(5);
    assertThat(numbers(others)).containsExactly(number(3), number(4), number(5));
    assertThat(reported(canary, 1)).first().asString().startsWith("2: READY");
    send(others);
    FleetAnswer end = after("r", ALL, others);
    assertThat(end.go()).isEqualTo(Go.FINISHED);
    assertThat(end.verdict().counts()).isEqualTo(Map.of("MOVED", 5));
    assertThat(end.verdict().needPerson()).isZero();
    assertThat(outside.graph().registers()).hasSize(5);

    FleetAnswer again = all("r-2", ALL);

    assertThat(again.go()).isEqualTo(Go.FINISHED);
    assertThat(reported(again, 1)).allMatch(it -> it.endsWith("ALREADY_MIGRATED"));
    assertThat(outside.graph().registers()).hasSize(5);
  }

  @Test
  void upToTheCanariesTheOthersStay() {
    manifestOf(3);

    FleetAnswer end = all("r", "\"upTo\": \"CANARY\", \"canary\": 1");

    assertThat(end.go()).isEqualTo(Go.FINISHED);
    assertThat(end.verdict().counts()).isEqualTo(Map.of("READY", 2, "MOVED", 1));
    assertRegisteredOnce();
    assertThat(outside.objects().keys(Sample.FLEET_BUCKET)).doesNotContain("runs/r/ALL.json");
  }

  @Test
  void aListThatIsAllCanariesEndsWithThem() {
    manifestOf(2);

    assertThat(all("r", "\"upTo\": \"ALL\"").go()).isEqualTo(Go.FINISHED);

    assertThat(outside.graph().registers()).hasSize(2);
    assertThat(outside.objects().keys(Sample.FLEET_BUCKET)).doesNotContain("runs/r/ALL.json");
  }

  @Test
  void rowsThatAreNotReadyStopItOrAreNeverSent() {
    manifestOf(3);

    FleetAnswer stopped = stopsAfterTheDryRun("r", ALL);

    assertThat(stopped.verdict().why())
        .startsWith("Rows that the dry run did not find ready: 1; notReady is 0; decided at 20")
        .endsWith("start the manifest again under another name");
    assertThat(stopped.verdict().needPerson()).isOne();
    assertThat(reported(stopped, 1)).containsExactly("2: NOT_READY", "3: READY", "4: READY");
    assertNothingSent();

    FleetAnswer dryRun = begin("r-2", ALL + ", \"notReady\": 1");
    sendWithOneNotReady(1, dryRun);
    FleetAnswer canary = after("r-2", ALL + ", \"notReady\": 1", dryRun);

    assertThat(numbers(canary)).containsExactly(number(2), number(3));
  }

  /** What it found last week says nothing of today. */
  @Test
  void whatWasReadyBeforeTheStageIsNotReadyInIt() {
    manifestOf(2);
    send(begin("r", ""));
    setBackLastAnswers(Duration.ofMinutes(2));

    FleetAnswer dryRun = begin("r-2", ALL);
    invoke(list(dryRun).get(0).toString());
    FleetAnswer answer = after("r-2", ALL, dryRun);

    assertThat(answer.go()).isEqualTo(Go.STOPPED);
    assertThat(answer.verdict().why()).contains("ready: 1;");
    assertNothingSent();
  }

  @Test
  void aCanaryThatDoesNotMoveEndsIt() {
    manifestOf(5);
    FleetAnswer dryRun = begin("r", ALL);
    send(dryRun);
    FleetAnswer canary = after("r", ALL, dryRun);
    outside.graph().refuses(400, 133005);
    invoke(list(canary).get(0).toString());

    FleetAnswer answer = after("r", ALL, canary);

    assertThat(answer.go()).isEqualTo(Go.STOPPED);
    assertThat(answer.stage()).isNull();
    assertThat(answer.verdict().counts()).isEqualTo(Map.of("LINE_DOWN", 1, "READY", 4));
    assertThat(reported(answer, 4)).first().isEqualTo("2: REJECTED  133005 LINE_DOWN");
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({"0, STOPPED", "1, FINISHED"})
  void moreFailuresThanAreToleratedEndItAsAFailure(int tolerated, Go go) {
    manifestOf(4);
    String order = "\"upTo\": \"ALL\", \"canary\": 1, \"tolerated\": " + tolerated;
    FleetAnswer dryRun = begin("r", order);
    send(dryRun);
    FleetAnswer canary = after("r", order, dryRun);
    send(canary);
    FleetAnswer others = after("r", order, canary);
    list(others).stream().limit(2).forEach(it -> invoke(it.toString()));

    FleetAnswer answer = after("r", order, others);

    assertThat(others.stage().tolerated()).isEqualTo(tolerated);
    assertThat(answer.go()).isEqualTo(go);
    assertThat(answer.verdict().why()).contains("did not move: 1");
  }

  @Test
  void aStageThatTheMachineEndedEarlyEndsItWhateverTheLedgerSays() {
    manifestOf(2);
    FleetAnswer dryRun = begin("r", ALL);
    send(dryRun);
    ObjectNode state = JSON.createObjectNode();
    state.putObject("stage").put("name", "DRY_RUN");
    state.putObject("map").put("Error", "States.ItemReaderFailed").put("Cause", "no list");

    FleetAnswer answer = ask("r", ALL, state);

    assertThat(answer.go()).isEqualTo(Go.STOPPED);
    assertThat(answer.verdict().why())
        .startsWith("The stage DRY_RUN ended early: States.ItemReaderFailed; decided at 20");
  }

  @Test
  void noStageBeginsWhileTheBrakeIsEngaged() {
    manifestOf(3);
    FleetAnswer dryRun = begin("r", ALL);
    send(dryRun);
    FleetAnswer later = begin("r-2", ALL);
    FleetAnswer canary = after("r-2", ALL, later);
    send(canary);
    engageTheBrake();
    int asked = outside.graph().looks().size();

    assertThat(after("r", ALL, dryRun)).satisfies(FleetTest::isBraked);
    assertThat(after("r-2", ALL, canary)).satisfies(FleetTest::isBraked);
    assertThat(begin("r-3", ALL)).satisfies(FleetTest::isBraked);

    assertThat(report("r").verdict().why()).startsWith("The brake is engaged since ");
    assertThat(outside.graph().looks()).hasSize(asked);
    assertThat(outside.graph().registers()).hasSize(2);
  }

  private static void isBraked(FleetAnswer answer) {
    assertThat(answer.go()).isEqualTo(Go.STOPPED);
    assertThat(answer.verdict().why())
        .startsWith("The brake is engaged since ")
        .contains("by Ada: the list looks wrong", "; decided at 20")
        .endsWith("start the manifest again under another name");
  }

  @Test
  void theSameQuestionHasTheSameAnswerWhateverTheLedgerSaysMeanwhile() {
    manifestOf(3);
    FleetAnswer dryRun = begin("r", ALL);
    assertThat(begin("r", ALL)).isEqualTo(dryRun);
    send(dryRun);
    FleetAnswer canary = after("r", ALL, dryRun);
    engageTheBrake();

    assertThat(after("r", ALL, dryRun)).isEqualTo(canary);
  }

  /** Whoever asks for the beginning then has another run in mind, and would get an old list. */
  @Test
  void aRunWhoseDryRunHasEndedIsBegunNoMore() {
    manifestOf(2);
    FleetAnswer dryRun = begin("r", "");
    send(dryRun);
    assertThat(begin("r", "")).isEqualTo(dryRun);
    FleetAnswer end = after("r", "", dryRun);

    refused(() -> begin("r", ""))
        .isEqualTo(
            "Invalid: run has had its dry run. Give it another name: the ledger knows what has"
                + " moved.");
    assertThat(after("r", "", dryRun)).isEqualTo(end);
  }

  /** One whose entry a newer version has written, and two that somebody has changed by hand. */
  @Test
  void anEntryThatCannotBeReadKeepsOnlyItsRow() {
    manifestOf(5);
    FleetAnswer dryRun = begin("r", ALL + ", \"notReady\": 2");
    send(dryRun);
    put(number(2), "entry", AttributeValue.fromS("{"));
    put(number(3), "format", AttributeValue.fromN("99"));
    put(number(4), "entry", AttributeValue.fromS("{}"));

    FleetAnswer stopped = after("r", ALL + ", \"notReady\": 2", dryRun);

    assertThat(stopped.go()).isEqualTo(Go.STOPPED);
    assertThat(stopped.verdict().why()).startsWith("Rows that the dry run did not find ready: 3;");
    assertThat(stopped.verdict().counts()).isEqualTo(Map.of("UNREADABLE", 3, "READY", 2));
    assertThat(stopped.verdict().needPerson()).isEqualTo(3);
    assertThat(reported(stopped, 1)).containsExactly("3:", "4:", "5:", "2: READY", "6: READY");
    assertThat(object(stopped.verdict().report()))
        .contains(
            "the ledger's entry of number %s cannot be read".formatted(number(2)),
            "the ledger's entry of number %s was written by a newer version".formatted(number(3)));
  }

  /** The first try dies between the lists and its answer; one more number is ready at the next. */
  @Test
  void aListThatWasWrittenStaysAndNoRowIsInTwoListsOrInNone() {
    manifestOf(5);
    String order = ALL + ", \"notReady\": 1";
    FleetAnswer dryRun = begin("r", order);
    sendWithOneNotReady(1, dryRun);
    outside.objects().deniesWriting("after-DRY_RUN");
    assertThatThrownBy(() -> after("r", order, dryRun))
        .asString()
        .startsWith("NotDone: s3:PutObject on s3://number-ferry-fleet/runs/r/after-DRY_RUN.json")
        .endsWith(".");
    outside.aws().recovers();
    String canaries = object("runs/r/CANARY.json");
    outside.graph().reset();
    invoke(list(dryRun).get(0).toString()).body("status", equalTo("READY"));

    FleetAnswer canary = after("r", order, dryRun);

    assertThat(object("runs/r/CANARY.json")).isEqualTo(canaries);
    assertThat(numbers(canary)).containsExactly(number(2), number(3));
    send(canary);
    assertThat(numbers(after("r", order, canary))).containsExactly(number(4), number(5));
  }

  @Test
  void anAnswerThatWasNotKeptIsNoAnswer() {
    manifestOf(2);
    outside.objects().deniesWriting("after-START");
    assertThatThrownBy(() -> begin("r", ALL)).asString().startsWith("NotDone: ");
    outside.aws().recovers();

    assertThat(numbers(begin("r", ALL))).containsExactly(number(1), number(2));
  }

  @Test
  void aNameServesOneRun() {
    manifestOf(2);
    begin("r", ALL);
    refused(() -> begin("r", "")).startsWith("Invalid: run was begun with another order. Give it");
    JsonNode begun = parse(object("runs/r/after-START.json"));
    ((ObjectNode) begun).put("at", "2026-01-01T00:00:00Z");
    outside.objects().put(Sample.FLEET_BUCKET, "runs/r/after-START.json", bytes(begun));

    refused(() -> begin("r", ALL)).startsWith("Invalid: run was begun at 2026-01-01T00:00:00Z");
  }

  @Test
  void aManifestThatWasChangedBeforeTheRunHadBegunIsAnotherOne() {
    manifestOf(2);
    outside.objects().deniesWriting("DRY_RUN");
    assertThatThrownBy(() -> begin("r", ALL)).asString().startsWith("NotDone: ");
    outside.aws().recovers();
    manifestOf(3);

    refused(() -> begin("r", ALL)).contains("run was begun with a manifest that was changed since");
    assertThat(numbers(begin("r-2", ALL))).hasSize(3);
  }

  /** Somebody uploads the next list under the same key while a run is at work. */
  @Test
  void aRunGoesByTheManifestAsItWasWhenItBegan() {
    manifestOf(2);
    FleetAnswer dryRun = begin("r", "");
    send(dryRun);
    manifestOf(3);

    assertThat(after("r", "", dryRun).verdict().rows()).isEqualTo(2);
  }

  @Test
  void aStageThatWasNotBegunHasNotEnded() {
    manifestOf(2);
    ObjectNode state = JSON.createObjectNode();
    state.putObject("stage").put("name", "ALL");

    refused(() -> ask("r", ALL, state)).contains("ended names a stage that this run has not begun");
    begin("r", ALL);
    refused(() -> ask("r", ALL, state)).contains("ended names a stage that this run has not begun");
    assertThat(outside.objects().keys(Sample.FLEET_BUCKET))
        .noneMatch(it -> it.contains("after-ALL"));
  }

  @Test
  void aBadManifestIsRefusedWithAllThatIsWrongAndNothingIsWrittenOrAsked() {
    manifest("phoneNumberId,backupKey\n1.06540352242922E+14,a\n" + number(2) + ",/b\n");

    refused(() -> begin("r", ALL))
        .isEqualTo(
            "Invalid: row 2: phoneNumberId was written anew as a number by a spreadsheet. Format"
                + " the column as text, and put in again what WhatsApp Manager shows.\n"
                + "row 3: backupKey is no key. Give the key of the object alone, without its bucket"
                + " and without a / before it.");

    assertThat(outside.objects().keys(Sample.FLEET_BUCKET)).containsExactly(Sample.MANIFEST);
    assertThat(outside.graph().looks()).isEmpty();
    assertThat(outside.ledger().items()).isEmpty();
  }

  @Test
  void aManifestThatIsNotThereIsNamed() {
    outside.objects().remove(Sample.FLEET_BUCKET, Sample.MANIFEST);

    refused(() -> begin("r", ALL))
        .startsWith(
            "Invalid: order.manifest names no object:"
                + " s3://number-ferry-fleet/manifests/numbers.csv");
  }

  @Test
  void aManifestThatIsTooLargeIsNotRead() {
    manifest("x".repeat(2_000_001));

    refused(() -> begin("r", ALL)).contains("is larger than 2000000 bytes. Split it.");
  }

  @Test
  void aReportOfARunThatNobodyHasBegunIsNone() {
    refused(() -> report("r")).startsWith("Invalid: run names none that was begun");
  }

  @Test
  void deniedAccessIsSaidWithWhatToGrant() {
    outside.objects().fails(403, "AccessDenied");

    assertThatThrownBy(() -> begin("r", ALL))
        .asString()
        .startsWith(
            "NotDone: s3:GetObject on s3://number-ferry-fleet/runs/r/after-START.json was denied")
        .contains("grant the function s3:GetObject")
        .satisfies(FleetTest::namesNothingOfTheBackups);
    outside.objects().fails(403, "KMS.AccessDenied");
    assertThatThrownBy(() -> begin("r", ALL))
        .asString()
        .contains("grant the function kms:Decrypt on the KMS key of s3://number-ferry-fleet/")
        .satisfies(FleetTest::namesNothingOfTheBackups);
  }

  private static void namesNothingOfTheBackups(String text) {
    assertThat(text).doesNotContain("Backup", "requester");
  }

  /** Whichever way a number took: the ledger alone is asked. */
  @Test
  void aReportByHandHasEveryFateOnTopWhatNeedsAPerson() {
    manifestOf(10);
    List<JsonNode> dryRuns = list(begin("r", ""));
    move(dryRuns, 10, () -> {});
    move(dryRuns, 6, () -> outside.graph().refuses(400, 133005));
    move(dryRuns, 5, () -> outside.graph().answers(aResponse().withStatus(502)));
    leaveAClaimBehind(4, dryRuns);
    move(dryRuns, 3, () -> outside.graph().refuses(400, 133006));
    move(dryRuns, 2, () -> outside.graph().tells(state("ON_PREMISE", "BANNED")));
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    invoke(dryRuns.get(0).toString());
    outside.graph().reset();
    move(dryRuns, 9, () -> outside.objects().fails(503, "SlowDown"));
    outside.aws().recovers();
    invoke(dryRuns.get(6).toString());

    FleetAnswer answer = report("r");

    assertThat(answer.go()).isEqualTo(Go.REPORTED);
    assertThat(answer.verdict().report()).isEqualTo("runs/r/report-by-hand.csv");
    assertThat(reported(answer, 4))
        .containsExactly(
            "7: REJECTED  133005 LINE_DOWN",
            "6: UNKNOWN   UNCLEAR",
            "5: IN_PROGRESS",
            "4: REJECTED  133006",
            "3: WITHHELD STATE",
            "2: NOT_READY",
            "10: NOT_SENT",
            "9:",
            "8: READY",
            "11: MIGRATED");
    assertThat(answer.verdict().counts())
        .containsEntry("LINE_DOWN", 1)
        .containsEntry("NOT_TRIED", 1)
        .hasSize(10);
    assertThat(answer.verdict().needPerson()).isEqualTo(6);
    assertThat(answer.verdict().rows()).isEqualTo(10);
    assertThat(Sample.SECRETS).noneMatch(it -> object(answer.verdict().report()).contains(it));
  }

  /** The ledger keeps the last answer of each way in: a report needs no other source. */
  @Test
  void whicheverWayInANumberTookItIsInTheReport() {
    manifestOf(3);
    List<JsonNode> dryRuns = list(begin("r", ""));
    ObjectNode upload = sample("s3-put.json");
    ((ObjectNode) upload.at("/Records/0/s3/object")).put("key", "in/" + number(1) + ".json");
    uploaded.backupUploaded(Payload.of(upload.toString()));
    ObjectNode event = dryRuns.get(1).deepCopy();
    event.remove("dryRun");
    invoke(message("m-1", 1, event.toString()));
    engageTheBrake();
    move(dryRuns, 3, () -> {});

    FleetAnswer answer = report("r");

    assertThat(reported(answer, 2))
        .containsExactly("4: WITHHELD BRAKE", "2: MIGRATED", "3: ALREADY_MIGRATED");
    assertThat(answer.verdict().needPerson()).isZero();
  }

  @Test
  void itsAnswerIsSmallAndPlainJson() throws Exception {
    manifestOf(2);

    JsonNode answer = JSON.readTree(json.writeValueAsString(begin("r", "")));

    assertThat(answer.path("go").asText()).isEqualTo("ROWS");
    assertThat(answer.at("/stage/name").asText()).isEqualTo("DRY_RUN");
    assertThat(Instant.parse(answer.at("/stage/begunAt").asText())).isAfter(Instant.EPOCH);
    assertThat(answer.path("verdict").has("counts")).isFalse();
    assertThat(answer.toString()).hasSizeLessThan(500);
  }

  private FleetAnswer stopsAfterTheDryRun(String run, String order) {
    FleetAnswer dryRun = begin(run, order);
    sendWithOneNotReady(1, dryRun);
    FleetAnswer answer = after(run, order, dryRun);
    assertThat(answer.go()).isEqualTo(Go.STOPPED);
    return answer;
  }

  /** Sends all rows of a dry run, of which one has a number that is banned. */
  private void sendWithOneNotReady(int row, FleetAnswer stage) {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    invoke(list(stage).get(row - 1).toString());
    outside.graph().reset();
    list(stage).stream()
        .filter(it -> !it.path("phoneNumberId").asText().equals(number(row)))
        .forEach(it -> invoke(it.toString()));
  }

  private void move(List<JsonNode> dryRuns, int row) {
    ObjectNode event = dryRuns.get(row - 1).deepCopy();
    event.remove("dryRun");
    EventServer.given().body(event.toString()).post();
  }

  private void move(List<JsonNode> dryRuns, int row, Runnable where) {
    where.run();
    move(dryRuns, row);
    outside.graph().reset();
  }

  /** As a run does that dies inside of its call. */
  private void leaveAClaimBehind(int row, List<JsonNode> dryRuns) {
    AtomicReference<Map<String, AttributeValue>> claim = new AtomicReference<>();
    outside
        .graph()
        .listener(
            new CallListener() {
              @Override
              public boolean arrived(Call call) {
                if (call.name().equals("POST register")) {
                  claim.set(item(number(row)));
                }
                return true;
              }

              @Override
              public void tookEffect(Call call) {}
            });
    move(dryRuns, row, () -> {});
    outside.graph().listener(CallListener.NONE);
    outside.ledger().put(claim.get());
  }

  private Map<String, AttributeValue> item(String number) {
    return outside.ledger().items().stream()
        .filter(it -> it.get("phoneNumberId").s().equals(number))
        .findFirst()
        .orElseThrow();
  }

  private void setBackLastAnswers(Duration by) {
    for (Map<String, AttributeValue> found : outside.ledger().items()) {
      Map<String, AttributeValue> item = new HashMap<>(found);
      ObjectNode entry = (ObjectNode) parse(item.get("entry").s());
      ObjectNode last = (ObjectNode) entry.path("last");
      last.put("finishedAt", Instant.parse(last.path("finishedAt").asText()).minus(by).toString());
      item.put("entry", AttributeValue.fromS(entry.toString()));
      outside.ledger().put(item);
    }
  }

  /** Changes an attribute of a number's item. */
  private void put(String number, String name, AttributeValue value) {
    Map<String, AttributeValue> item = new HashMap<>(item(number));
    item.put(name, value);
    outside.ledger().put(item);
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(UTF_8);
  }
}
