package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.blocked;
import static dev.numberferry.standin.GraphStandIn.state;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a result says of a number that has moved, and how little it takes to go on without. */
@QuarkusTest
class AfterCareTest extends FunctionTestBase {

  @Test
  void theResultHasHealthAndWebhooks() {
    answered(invokeSample())
        .body(
            "status", equalTo("MIGRATED"),
            "health.nameStatus", equalTo("APPROVED"),
            "health.qualityRating", equalTo("GREEN"),
            "health.codeVerificationStatus", equalTo("VERIFIED"),
            "health.entities.entityType", contains("PHONE_NUMBER", "WABA", "APP"),
            "webhooks",
                sameAs(
                    from(
                        "{\"host\": \"hooks.example.com\", \"setOn\": \"APP\", \"appSubscribed\":"
                            + " true}")),
            "$", not(hasKey("dataLocalizationRegion")),
            "nextStep", containsString("nothing against it"));
    assertThat(outside.graph().askedFor("settings")).isEmpty();
  }

  @Test
  void aNumberThatIsBlockedSaysWhyAndWhatHelps() {
    outside.graph().answers(okJson("{\"success\": true}"));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), blocked("CLOUD_API"));

    answered(invokeSample())
        .body(
            "status", equalTo("MIGRATED"),
            "canSendMessage", equalTo("BLOCKED"),
            "health.entities[0].errors[0]",
                sameAs(
                    from(
                        "{\"code\": 141006, \"description\": \"There is no payment method.\","
                            + " \"possibleSolution\": \"Add a payment method.\"}")),
            "nextStep",
                startsWith(
                    "Health of WABA "
                        + GraphStandIn.WABA
                        + " is BLOCKED (code 141006: There is no payment method): Add a payment"
                        + " method;"));
  }

  @Test
  void aCallWithoutAnAnswerThatHasMovedTheNumberIsLookedAfterAsWell() {
    outside.graph().answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), blocked("CLOUD_API"));

    answered(invokeSample())
        .body(
            "reconciled", equalTo(true),
            "nextStep", containsString("141006"),
            "webhooks.appSubscribed", equalTo(true));
  }

  @Test
  void aNumberThatIsStillShownOnTheOldSideSaysSo() {
    outside.graph().answers(okJson("{\"success\": true}"));

    answered(invokeSample())
        .body(
            "status", equalTo("MIGRATED"),
            "nextStep", startsWith("WhatsApp still shows the number as ON_PREMISE, CONNECTED"));
  }

  @ParameterizedTest
  @CsvSource({
    "in_country_storage_enabled, de, DE, nothing against it",
    "IN_COUNTRY_STORAGE_ENABLED, BR, BR, is BR and not DE",
    "default, '', DEFAULT, cannot be changed without deregistering"
  })
  void theRegionIsReadBackWhereOneWasAskedFor(
      String status, String told, String region, String nextStep) {
    outside
        .graph()
        .answers(
            "settings",
            okJson(
                ("{\"storage_configuration\": {\"status\": \"%s\","
                        + " \"data_localization_region\": \"%s\"}}")
                    .formatted(status, told)));

    answered(invoke(sampleWith("dataLocalizationRegion", "DE")))
        .body(
            "status", equalTo("MIGRATED"),
            "dataLocalizationRegion", equalTo(region),
            "nextStep", containsString(nextStep));
    assertThat(outside.graph().askedFor("settings")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"refused", "broken", "cut", "odd", "redirected"})
  void whatIsNotToldChangesNothingElseAndIsNotAskedTwice(String how) {
    var answer =
        switch (how) {
          case "refused" -> GraphStandIn.error(403, "{\"error\": {\"code\": 200}}");
          case "broken" -> aResponse().withFault(Fault.EMPTY_RESPONSE);
          case "cut" -> aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE);
          case "odd" -> okJson("[\"no object\"]");
          default -> aResponse().withStatus(302).withHeader("Location", "http://127.0.0.1:1/");
        };
    ownAccount("1022901293401" + how.length());
    outside.graph().fieldAnswers("name_status", answer);
    outside.graph().fieldAnswers("webhook_configuration", answer);
    outside.graph().answers("subscribed_apps", answer);
    outside.graph().answers("settings", answer);

    answered(invoke(sampleWith("dataLocalizationRegion", "DE")))
        .body(
            "status", equalTo("MIGRATED"),
            "$", not(hasKey("health")),
            "$", not(hasKey("webhooks")),
            "$", not(hasKey("dataLocalizationRegion")),
            "nextStep",
                allOf(
                    startsWith("Nobody has looked whether a webhook gets the messages of users"),
                    containsString("whether its data is kept in DE")));
    assertThat(outside.graph().asked("name_status")).hasSize(1);
    assertThat(outside.graph().asked("webhook_configuration")).hasSize(1);
    assertThat(outside.graph().askedFor("subscribed_apps")).hasSize(1);
    assertThat(outside.graph().askedFor("settings")).hasSize(1);
    assertThat(outside.topic().messages()).hasSize(1);
    assertRegisteredOnce();
  }

  @Test
  void whereNobodyLookedTheResultSaysSo() {
    outside.graph().answers(okJson("{\"success\": true}"));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), null);

    answered(invokeSample())
        .body(
            "status", equalTo("MIGRATED"),
            "nextStep", startsWith("Nobody has seen the number"));
  }

  @Test
  void appAndSubscriptionsAreKeptForAWhile() {
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.TOKEN, "kept"));
    ownAccount("102290129340888");
    Map<String, Object> first = answered(invokeSample()).extract().path("webhooks");
    outside
        .secrets()
        .put("whatsapp/" + OTHER_NUMBER, Sample.secret().replace(Sample.TOKEN, "kept"));
    outside.objects().put(Sample.BUCKET, OTHER_NUMBER + "/backup.json", Sample.backupFile());
    ownAccount("102290129340888");

    invoke(sampleOf(OTHER_NUMBER).toString());

    assertThat(lastPublished().getMap("webhooks")).isEqualTo(first);
    assertThat(outside.graph().registers()).hasSize(2);
    assertThat(outside.graph().askedFor("app")).hasSize(1);
    assertThat(outside.graph().askedFor("subscribed_apps")).hasSize(1);
  }

  @Test
  void anAccountThatNoLookNamedIsNotAskedFor() {
    ObjectNode before = state("ON_PREMISE", "CONNECTED");
    ((ObjectNode) before.path("health_status")).remove("entities");
    outside.graph().tells(before);

    answered(invokeSample())
        .body("webhooks", sameAs(from("{\"host\": \"hooks.example.com\", \"setOn\": \"APP\"}")));
    assertThat(outside.graph().askedFor("subscribed_apps")).isEmpty();
  }

  @Test
  void aRefusalIsNotLookedAfter() {
    outside.graph().refuses(400, 133006);

    answered(invokeSample());

    assertThat(outside.graph().asked("webhook_configuration")).isEmpty();
    assertThat(outside.graph().asked("name_status")).isEmpty();
  }

  @Test
  void metasTextsAreMaskedInTheResult() {
    ObjectNode after = blocked("CLOUD_API");
    ((ObjectNode) after.at("/health_status/entities/1/errors/0"))
        .put("possible_solution", "Use " + Sample.TOKEN);
    outside.graph().answers(okJson("{\"success\": true}"));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), after);

    String result =
        answered(invokeSample()).body("nextStep", containsString("Use ***")).extract().asString();

    assertThat(result.contains(Sample.TOKEN)).isFalse();
    assertThat(result).doesNotContain("verify=");
  }

  @Test
  void theLedgerAndAReplayHaveItAll() {
    String first = answered(invokeSample()).extract().asString();

    String replayed = invokeSample().extract().asString();

    assertThat(((ObjectNode) parse(replayed)).without("replayed").toString()).isEqualTo(first);
    assertThat(outside.topic().messages()).hasSize(1);
    assertRegisteredOnce();
  }

  /** The number belongs to an account that no other test asks for. */
  private void ownAccount(String wabaId) {
    ObjectNode state = state("ON_PREMISE", "CONNECTED");
    ((ObjectNode) state.at("/health_status/entities/1")).put("id", wabaId);
    outside.graph().tells(state);
  }
}
