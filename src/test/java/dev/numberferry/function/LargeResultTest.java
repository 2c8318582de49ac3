package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However much WhatsApp tells: the topic and the ledger take a result, and the same one. */
@QuarkusTest
class LargeResultTest extends FunctionTestBase {

  /** Of what becomes part of a result, each text may have 1,000 characters, of 4 bytes each. */
  private static final String LONG = "\uD83D\uDEA2".repeat(1_000);

  private static final int LIMIT = 40_000;

  @Test
  void aResultIsCutWhereItIsLongest() {
    outside.graph().answers(okJson("{\"success\": true}"));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), talkative("CLOUD_API"));

    answered(invokeSample())
        .body(
            "status", equalTo("MIGRATED"),
            "phoneNumberId", equalTo(Sample.NUMBER),
            "backup.key", equalTo(Sample.KEY),
            "webhooks.host", equalTo("hooks.example.com"),
            "health.entities.size()", equalTo(6),
            "health.entities[5].errors[2].description", endsWith("\u2026 (cut)"),
            "nextStep", endsWith("\u2026 (cut)"));

    assertThat(bytes(publishedText())).isBetween(LIMIT - 2_000, LIMIT);
    assertThat(published().getString("migrationId")).hasSize(36);
    assertThat(newestAttempt().getMap("result")).isEqualTo(published().getMap("$"));
    assertThat(newestAttempt().getBoolean("published")).isTrue();
    assertRegisteredOnce();
  }

  @Test
  void itComesAgainAsItWasPublished() {
    outside.graph().answers(okJson("{\"success\": true}"));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), talkative("CLOUD_API"));
    answered(invokeSample());

    invokeSample()
        .body(
            "replayed", equalTo(true),
            "nextStep", equalTo(published().getString("nextStep")),
            "health", equalTo(published().get("health")));
    assertRegisteredOnce();
  }

  @Test
  void aDryRunThatFindsMuchIsCutToo() {
    outside.graph().tells(talkative("ON_PREMISE"));

    answered(invoke(Sample.event("direct-dry-run.json")))
        .body("status", equalTo("READY"), "findings[0].problem", endsWith("\u2026 (cut)"));

    assertThat(bytes(publishedText())).isBetween(LIMIT - 2_000, LIMIT);
    assertNothingSent();
  }

  @Test
  void whatFitsIsNotCut() {
    String message = "\uD83D\uDEA2".repeat(999);
    outside
        .graph()
        .refuses(
            400,
            "{\"error\": {\"code\": 133006, \"message\": \"%s\", \"error_data\": {\"details\":"
                    .formatted(message)
                + " \"%s\"}}}".formatted("x".repeat(999)));

    answered(invokeSample())
        .body("error.message", equalTo(message), "error.details", equalTo("x".repeat(999)));
    assertThat(newestAttempt().getMap("result")).isEqualTo(published().getMap("$"));
  }

  /** A number of which WhatsApp tells as much as can be. */
  private static ObjectNode talkative(String platform) {
    ObjectNode state = state(platform, "CONNECTED");
    ArrayNode entities = ((ObjectNode) state.path("health_status")).putArray("entities");
    for (String type : List.of("PHONE_NUMBER", "WABA", "BUSINESS", "APP", "OTHER", "MORE")) {
      ObjectNode entity = entities.addObject().put("entity_type", type).put("id", Sample.NUMBER);
      entity.put("can_send_message", "BLOCKED");
      entity.putArray("additional_info").add(type + "1" + LONG).add(type + "2" + LONG);
      ArrayNode errors = entity.putArray("errors");
      for (int i = 0; i < 3; i++) {
        errors
            .addObject()
            .put("error_code", i)
            .put("error_description", type + i + LONG)
            .put("possible_solution", type + i + LONG);
      }
    }
    return state;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
