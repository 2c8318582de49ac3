package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.blocked;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a result says of a number that has moved, and how little it takes to go on without. */
@QuarkusTest
class AfterCareTest extends FunctionTestBase {

  @Test
  void theResultHasHealthAndWebhooks() {
    JsonNode result = answered(invokeSample());

    assertThat(result.path("status").asText()).isEqualTo("MIGRATED");
    assertThat(result.path("health").path("nameStatus").asText()).isEqualTo("APPROVED");
    assertThat(result.path("health").path("qualityRating").asText()).isEqualTo("GREEN");
    assertThat(result.path("health").path("codeVerificationStatus").asText()).isEqualTo("VERIFIED");
    assertThat(result.at("/health/entities").findValuesAsText("entityType"))
        .containsExactly("PHONE_NUMBER", "WABA", "APP");
    assertThat(result.path("webhooks"))
        .isEqualTo(
            parse(
                "{\"host\": \"hooks.example.com\", \"setOn\": \"APP\", \"appSubscribed\": true}"));
    assertThat(result.has("dataLocalizationRegion")).isFalse();
    assertThat(outside.graph().askedFor("settings")).isEmpty();
    assertThat(result.path("nextStep").asText()).contains("nothing against it");
  }

  @Test
  void aNumberThatIsBlockedSaysWhyAndWhatHelps() {
    outside.graph().answers(okJson("{\"success\": true}"));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), blocked("CLOUD_API"));

    JsonNode result = answered(invokeSample());

    assertThat(result.path("status").asText()).isEqualTo("MIGRATED");
    assertThat(result.path("canSendMessage").asText()).isEqualTo("BLOCKED");
    assertThat(result.at("/health/entities/0/errors/0"))
        .isEqualTo(
            parse(
                "{\"code\": 141006, \"description\": \"There is no payment method.\","
                    + " \"possibleSolution\": \"Add a payment method.\"}"));
    assertThat(result.path("nextStep").asText())
        .startsWith(
            "Health of WABA "
                + GraphStandIn.WABA
                + " is BLOCKED (code 141006: There is no payment method): Add a payment method;");
  }

  @Test
  void aCallWithoutAnAnswerThatHasMovedTheNumberIsLookedAfterAsWell() {
    outside.graph().answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), blocked("CLOUD_API"));

    JsonNode result = answered(invokeSample());

    assertThat(result.path("reconciled").asBoolean()).isTrue();
    assertThat(result.path("nextStep").asText()).contains("141006");
    assertThat(result.at("/webhooks/appSubscribed").asBoolean()).isTrue();
  }

  @Test
  void aNumberThatIsStillShownOnTheOldSideSaysSo() {
    outside.graph().answers(okJson("{\"success\": true}"));

    JsonNode result = answered(invokeSample());

    assertThat(result.path("status").asText()).isEqualTo("MIGRATED");
    assertThat(result.path("nextStep").asText())
        .startsWith("WhatsApp still shows the number as ON_PREMISE, CONNECTED");
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

    JsonNode result = answered(invoke(sampleWith("dataLocalizationRegion", "DE")));

    assertThat(result.path("status").asText()).isEqualTo("MIGRATED");
    assertThat(result.path("dataLocalizationRegion").asText()).isEqualTo(region);
    assertThat(result.path("nextStep").asText()).contains(nextStep);
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

    JsonNode result = answered(invoke(sampleWith("dataLocalizationRegion", "DE")));

    assertThat(result.path("status").asText()).isEqualTo("MIGRATED");
    assertThat(result.has("health")).isFalse();
    assertThat(result.has("webhooks")).isFalse();
    assertThat(result.has("dataLocalizationRegion")).isFalse();
    assertThat(result.path("nextStep").asText())
        .startsWith("Nobody has looked whether a webhook gets the messages of users")
        .contains("whether its data is kept in DE");
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

    JsonNode result = answered(invokeSample());

    assertThat(result.path("status").asText()).isEqualTo("MIGRATED");
    assertThat(result.path("nextStep").asText()).startsWith("Nobody has seen the number");
  }

  @Test
  void appAndSubscriptionsAreKeptForAWhile() {
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.TOKEN, "kept"));
    ownAccount("102290129340888");
    JsonNode first = answered(invokeSample());
    ObjectNode event = (ObjectNode) parse(Sample.event("direct.json"));
    String other = "106540352242923";
    outside.secrets().put("whatsapp/" + other, Sample.secret().replace(Sample.TOKEN, "kept"));
    ownAccount("102290129340888");

    invoke(event.put("phoneNumberId", other).toString());

    assertThat(lastPublished().path("webhooks")).isEqualTo(first.path("webhooks"));
    assertThat(outside.graph().registers()).hasSize(2);
    assertThat(outside.graph().askedFor("app")).hasSize(1);
    assertThat(outside.graph().askedFor("subscribed_apps")).hasSize(1);
  }

  @Test
  void anAccountThatNoLookNamedIsNotAskedFor() {
    ObjectNode before = state("ON_PREMISE", "CONNECTED");
    ((ObjectNode) before.path("health_status")).remove("entities");
    outside.graph().tells(before);

    JsonNode result = answered(invokeSample());

    assertThat(result.path("webhooks"))
        .isEqualTo(parse("{\"host\": \"hooks.example.com\", \"setOn\": \"APP\"}"));
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

    JsonNode result = answered(invokeSample());

    assertThat(result.path("nextStep").asText()).contains("Use ***");
    assertThat(result.toString().contains(Sample.TOKEN)).isFalse();
    assertThat(result.toString()).doesNotContain("verify=");
  }

  @Test
  void theLedgerAndAReplayHaveItAll() {
    JsonNode first = answered(invokeSample());

    JsonNode replayed = invokeSample().json();

    assertThat(((ObjectNode) replayed).without("replayed").toString()).isEqualTo(first.toString());
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
