package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.Health;
import dev.numberferry.support.StrictJson;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthParserTest {

  private static final String SECRET = "EAAGsampletokenthatislong";

  @Test
  void readsWhatMetaDocuments() {
    Health health =
        read(
            """
            {"id": "1", "name_status": "APPROVED", "quality_rating": "GREEN",
             "code_verification_status": "VERIFIED",
             "health_status": {"can_send_message": "BLOCKED", "entities": [
               {"entity_type": "PHONE_NUMBER", "id": "1", "can_send_message": "AVAILABLE",
                "additional_info": ["Calls are off."]},
               {"entity_type": "WABA", "id": "2", "can_send_message": "BLOCKED",
                "errors": [{"error_code": 141006, "error_description": "No payment method.",
                            "possible_solution": "Add one."}]}]}}\
            """);

    assertThat(health.nameStatus()).isEqualTo("APPROVED");
    assertThat(health.qualityRating()).isEqualTo("GREEN");
    assertThat(health.codeVerificationStatus()).isEqualTo("VERIFIED");
    assertThat(health.entities())
        .extracting(Health.Entity::entityType)
        .containsExactly("WABA", "PHONE_NUMBER");
    assertThat(health.entities().get(0).errors())
        .containsExactly(new Health.EntityError(141006, "No payment method.", "Add one."));
    assertThat(health.entities().get(1).additionalInfo()).containsExactly("Calls are off.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"health_status\": null}",
        "{\"health_status\": {\"entities\": {}}}",
        "{\"health_status\": {\"entities\": [null, 1, \"WABA\"]}}",
        "{\"health_status\": \"BLOCKED\", \"name_status\": true}"
      })
  void whatIsOfAnotherFormIsNotTold(String json) {
    assertThat(read(json)).isEqualTo(new Health(null, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errors\": {}, \"additional_info\": \"text\"}",
        "{\"errors\": [null], \"additional_info\": [{}, null, \" \"]}",
        "{\"entity_type\": [], \"id\": false}"
      })
  void anEntityOfAnotherFormHasNothingToSay(String entity) {
    assertThat(read("{\"health_status\": {\"entities\": [" + entity + "]}}").entities())
        .containsExactly(new Health.Entity(null, null, null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "141006, 141006",
        "'\"141006\"', 141006",
        "'\"none\"', -",
        "null, -",
        "99999999999, -"
      })
  void aCodeIsANumberOrTheTextOfOne(String told, Integer code) {
    Health health =
        read(
            "{\"health_status\": {\"entities\": [{\"id\": 7, \"errors\": [{\"error_code\": "
                + told
                + "}]}]}}");

    assertThat(health.entities().get(0).id()).isEqualTo("7");
    assertThat(health.entities().get(0).errors())
        .containsExactly(new Health.EntityError(code, null, null));
  }

  @Test
  void keepsTheWorstOfMany() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode entities = json.putObject("health_status").putArray("entities");
    for (int i = 0; i < 200; i++) {
      entities.addObject().put("entity_type", "APP").put("can_send_message", "AVAILABLE");
    }
    ObjectNode blocked =
        entities.addObject().put("entity_type", "WABA").put("can_send_message", "BLOCKED");
    for (int i = 0; i < 200; i++) {
      blocked.withArray("errors").addObject().put("error_description", "x".repeat(5_000));
      blocked.withArray("additional_info").add("long ".repeat(5_000));
    }

    Health health = HealthParser.read(node(json));

    assertThat(health.entities()).hasSize(6);
    assertThat(health.entities().get(0).entityType()).isEqualTo("WABA");
    assertThat(health.entities().get(0).errors()).hasSize(3);
    assertThat(health.entities().get(0).additionalInfo()).hasSize(2);
    assertThat(health.toString().length()).isLessThan(10_000);
  }

  @Test
  void masksSecretsInAllOfItsTexts() {
    Health health =
        read(
            """
            {"name_status": "%1$s", "quality_rating": "%1$s", "code_verification_status": "%1$s",
             "health_status": {"entities": [
               {"entity_type": "%1$s", "id": "%1$s", "can_send_message": "%1$s",
                "errors": [{"error_description": "%1$s", "possible_solution": "%1$s"}],
                "additional_info": ["%1$s"]}]}}\
            """
                .formatted("see " + SECRET));

    assertThat(health.toString()).contains("see ***").doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'{\"entity_type\": \"WABA\", \"id\": \"102290129340398\"}', 102290129340398",
        "'{\"entity_type\": \"APP\", \"id\": \"102290129340398\"}', -",
        "'{\"entity_type\": \"WABA\", \"id\": \"../me\"}', -",
        "'{\"entity_type\": \"WABA\"}', -"
      })
  void namesTheAccountWhereItsIdIsOne(String entity, String id) {
    assertThat(HealthParser.wabaId(json("{\"health_status\": {\"entities\": [" + entity + "]}}")))
        .isEqualTo(Optional.ofNullable(id));
  }

  private static Health read(String json) {
    return HealthParser.read(node(json(json)));
  }

  private static JsonNode json(String json) {
    return StrictJson.parse(json).orElseThrow();
  }

  private static GraphNode node(JsonNode json) {
    return new GraphNode(json, new SecretMasker(Stream.of(SECRET)));
  }
}
