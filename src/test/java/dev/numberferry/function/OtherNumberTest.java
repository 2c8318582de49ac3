package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.error;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No answer is given about another number than the one that an event expects. */
@QuarkusTest
class OtherNumberTest extends FunctionTestBase {

  /** The stand-in's number, and one that is not. */
  private static final String SAME = "+1 555 123 4567";

  private static final String OTHER = "+49 151 23456789";

  private static final String NOT_COMPARED = "expectedNumber was not compared";

  @Test
  void aReplayIsOfTheNumberThatIsExpected() {
    answered(invokeSample());
    int looks = looks();

    invoke(expecting(SAME)).body("replayed", equalTo(true));
    assertOtherNumber(invoke(expecting(OTHER)));
    assertThat(looks()).isEqualTo(looks);
    assertRegisteredOnce();
  }

  @Test
  void aReplayOfARefusalLooksOnceWhichNumberItIs() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());
    int looks = looks();

    invoke(expecting(SAME))
        .body(
            "status", equalTo("REJECTED"),
            "replayed", equalTo(true),
            "nextStep", not(containsString(NOT_COMPARED)));
    assertThat(looks()).isEqualTo(looks + 1);
    assertOtherNumber(invoke(expecting(OTHER)));
    assertThat(looks()).isEqualTo(looks + 2);
    // The ledger keeps what was refused, and the number with it.
    assertOtherNumber(invoke(expecting(OTHER)));
    assertThat(looks()).isEqualTo(looks + 2);
    assertRegisteredOnce();
  }

  @Test
  void whoExpectsNoNumberLooksAtNone() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());
    int looks = looks();

    invokeSample().body("replayed", equalTo(true));
    assertThat(looks()).isEqualTo(looks);
  }

  @ParameterizedTest
  @ValueSource(ints = {190, 4, 2})
  void aReplayStandsWhereNobodyTellsTheNumberAndSaysSo(int code) {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());
    int looks = looks();
    outside.graph().looksAnswer(error(400, "{\"error\": {\"code\": " + code + "}}"));

    invoke(expecting(OTHER))
        .body(
            "status", equalTo("REJECTED"),
            "replayed", equalTo(true),
            "nextStep", containsString(NOT_COMPARED));
    assertThat(looks()).isEqualTo(looks + 1);
    assertThat(publishedStatuses()).containsExactly("REJECTED");
    assertRegisteredOnce();
  }

  @Test
  void whatWasNotPublishedYetIsPublishedWhoeverAsks() {
    outside.topic().fails();
    invokeSample().statusCode(500);
    outside.aws().recovers();

    assertOtherNumber(invoke(expecting(OTHER)));

    assertThat(publishedStatuses()).endsWith("MIGRATED", "INVALID");
    assertRegisteredOnce();
  }

  @Test
  void aNumberThatHasMovedIsTheOneThatIsExpected() {
    answered(invokeSample());
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    int looks = looks();

    invoke(expecting(SAME)).body("status", equalTo("ALREADY_MIGRATED"));
    assertOtherNumber(invoke(expecting(OTHER)));
    assertThat(looks()).isEqualTo(looks);
    assertRegisteredOnce();
  }

  @Test
  void aNumberThatHasMovedUnseenIsLookedAtOnce() {
    moveUnseen();
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));
    int looks = looks();

    invoke(expecting(SAME)).body("nextStep", not(containsString(NOT_COMPARED)));
    assertThat(looks()).isEqualTo(looks + 1);
    assertOtherNumber(invoke(expecting(OTHER)));
    assertThat(looks()).isEqualTo(looks + 2);
    assertRegisteredOnce();
  }

  @Test
  void aNumberThatHasMovedUnseenStaysMovedWhereThereIsNoToken() {
    moveUnseen();
    int looks = looks();
    outside.secrets().remove(Sample.SECRET_ID);

    invoke(expecting(OTHER))
        .body(
            "status", equalTo("MIGRATED"),
            "nextStep", containsString(NOT_COMPARED));
    invoke(dry(expecting(OTHER)))
        .body(
            "status", equalTo("ALREADY_MIGRATED"),
            "nextStep", containsString(NOT_COMPARED));
    assertThat(looks()).isEqualTo(looks);
    assertRegisteredOnce();
  }

  @Test
  void aSecretThatCannotBeUsedTellsWithItsToken() {
    moveUnseen();
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "12345"));
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));

    assertOtherNumber(invoke(expecting(OTHER)));
    assertRegisteredOnce();
  }

  @Test
  void aNumberThatIsSeenOnTheCloudApiWithoutItsNumberWasNotCompared() {
    ObjectNode untold = state("CLOUD_API", "CONNECTED");
    untold.remove("display_phone_number");
    outside.graph().tells(untold);

    answered(invoke(expecting(OTHER)))
        .body(
            "status", equalTo("ALREADY_MIGRATED"),
            "nextStep", containsString(NOT_COMPARED));
    invoke(dry(expecting(OTHER))).body("nextStep", containsString(NOT_COMPARED));
    assertNothingSent();
  }

  @Test
  void aDryRunOfANumberThatHasMovedComparesIt() {
    answered(invokeSample());
    int looks = looks();

    invoke(dry(expecting(SAME))).body("status", equalTo("ALREADY_MIGRATED"));
    assertOtherNumberFound(invoke(dry(expecting(OTHER))));
    assertThat(looks()).isEqualTo(looks);
    assertRegisteredOnce();
  }

  @Test
  void aDryRunOfANumberThatHasMovedUnseenLooksOnce() {
    moveUnseen();
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));
    int looks = looks();

    assertOtherNumberFound(invoke(dry(expecting(OTHER))));
    assertThat(looks()).isEqualTo(looks + 1);
    invoke(dry(Sample.event("direct.json"))).body("status", equalTo("ALREADY_MIGRATED"));
    assertThat(looks()).isEqualTo(looks + 1);
    assertRegisteredOnce();
  }

  @Test
  void aDryRunOfARetryThatKnowsNothingOfTheMoveComparesTheNumber() {
    moveUnseen();
    ObjectNode event = (ObjectNode) parse(sampleRetrying("none", "I looked"));

    invoke(dry(event.put("expectedNumber", SAME).toString()))
        .body("status", equalTo("ALREADY_MIGRATED"));
    assertOtherNumberFound(invoke(dry(event.put("expectedNumber", OTHER).toString())));
    assertRegisteredOnce();
  }

  @Test
  void anotherShapeOfTheNumberIsHeldBackInAReplayToo() {
    outside.graph().answers(okJson("{\"success\": true}"));
    outside
        .graph()
        .tells(state("ON_PREMISE", "CONNECTED").put("display_phone_number", "+52 55 1234 5678"));
    answered(invokeSample());

    invoke(expecting("+52 1 55 1234 5678")).spec(withheld("STATE")).body("$", not(hasKey("retry")));
    assertRegisteredOnce();
  }

  @Test
  void whatIsHeldBackIsNotLookedAt() {
    leaveAClaimBehind(FunctionTestBase::invokeSample);
    int looks = looks();

    invoke(expecting(OTHER)).spec(withheld("IN_PROGRESS"));
    assertThat(looks()).isEqualTo(looks);
  }

  private int looks() {
    return outside.graph().looks().size();
  }

  /** WhatsApp takes the call, and then tells nothing of the number. */
  private void moveUnseen() {
    outside.graph().answers(okJson("{\"success\": true}"));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), null);
    answered(invokeSample());
    outside.graph().tells(state("ON_PREMISE", "CONNECTED"));
  }

  private static String expecting(String number) {
    return sampleWith("expectedNumber", number);
  }

  private static String dry(String event) {
    return ((ObjectNode) parse(event)).put("dryRun", true).toString();
  }

  private void assertOtherNumber(ValidatableResponse answer) {
    answer.body(
        "status", equalTo("INVALID"),
        "error.message", containsString("expectedNumber is not the phone number"),
        "displayPhoneNumber", equalTo("+1 555-123-4567"),
        "$", not(hasKey("replayed")),
        "$", sameAs(lastPublished()));
  }

  private void assertOtherNumberFound(ValidatableResponse answer) {
    answer.body(
        "status", equalTo("NOT_READY"),
        "findings", hasSize(1),
        "findings[0].problem", containsString("expectedNumber is not the phone number"),
        "$", not(hasKey("retry")));
  }
}
