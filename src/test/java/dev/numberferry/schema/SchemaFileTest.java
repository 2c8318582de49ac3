package dev.numberferry.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the schemas of docs say of themselves, and what files and pages show of them. */
class SchemaFileTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern BLOCK = Pattern.compile("(?s)```json\n(.*?)```");

  @ParameterizedTest
  @EnumSource(
      value = SchemaFile.class,
      names = {"EVENT", "RESULT"})
  void everyFieldHasADescription(SchemaFile file) {
    List<String> without = new ArrayList<>();
    undescribed(file, file.json(), "", without);
    assertThat(without).isEmpty();
  }

  private static void undescribed(
      SchemaFile file, JsonNode schema, String at, List<String> without) {
    schema
        .path("properties")
        .properties()
        .forEach(
            it -> {
              JsonNode field = it.getValue();
              JsonNode meant =
                  field.has("description")
                      ? field
                      : file.json().at(field.path("$ref").asText("#/-").substring(1));
              // A condition only names a field again.
              if (schema.has("type") && !meant.has("description")) {
                without.add(at + "/" + it.getKey());
              }
            });
    schema
        .properties()
        .forEach(it -> undescribed(file, it.getValue(), at + "/" + it.getKey(), without));
  }

  @ParameterizedTest
  @EnumSource(SchemaFile.class)
  void everyExampleIsOne(SchemaFile file) {
    List<String> problems = new ArrayList<>();
    assertThat(examples(file, file.json(), "", problems)).isGreaterThan(20);
    assertThat(problems).isEmpty();
  }

  private static int examples(SchemaFile file, JsonNode schema, String at, List<String> problems) {
    int seen = 0;
    if (schema.path("examples").isArray()) {
      for (JsonNode example : schema.path("examples")) {
        problems.addAll(file.problems(at, example));
        seen++;
      }
    }
    for (Map.Entry<String, JsonNode> inside : schema.properties()) {
      if (!inside.getKey().equals("examples")) {
        seen += examples(file, inside.getValue(), at + "/" + inside.getKey(), problems);
      }
    }
    return seen;
  }

  /** What stands in an envelope of AWS's is looked at, and the envelope is AWS's. */
  @ParameterizedTest
  @CsvSource({
    "direct.json, '', EVENT, ''",
    "direct-dry-run.json, '', EVENT, ''",
    "sqs-migrations.json, /Records/0/body, EVENT, ''",
    "api-post.json, /body, EVENT, ''",
    "api-post-async.json, /body, EVENT, ''",
    "failed-invocation.json, /requestPayload, EVENT, ''",
    "failed-invocation.json, /responsePayload, CLOSED_RESULT, /$defs/failure",
    "failed-invocation.json, /responsePayload/errorMessage, CLOSED_RESULT, /$defs/result",
    "brake-release.json, '', EVENT, /$defs/brakeCommand",
    "fleet.json, '', EVENT, /$defs/fleetCommand",
    "fleet.json, /order, EVENT, /$defs/fleetOrder"
  })
  void anEventFileIsAsItsSchemaHasIt(String name, String inside, SchemaFile file, String part)
      throws IOException {
    JsonNode event = JSON.readTree(Sample.event(name)).at(inside);
    assertThat(file.problems(part, event.isTextual() ? JSON.readTree(event.asText()) : event))
        .isEmpty();
  }

  /** The others hold nothing but what AWS says. */
  @Test
  void everyEventFileIsLookedAt() throws IOException {
    List<String> ofAws =
        List.of(
            "api-get.json",
            "eventbridge.json",
            "s3-put.json",
            "s3-test.json",
            "schedule.json",
            "sqs-sns-uploads.json",
            "sqs-uploads.json");
    try (Stream<Path> files = Files.list(Path.of("infra", "events"))) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .hasSize(8 + ofAws.size())
          .containsAll(ofAws);
    }
  }

  /** Beside what is shown of AWS's, and only in part. */
  @ParameterizedTest
  @CsvSource({"events.md, 2", "results.md, 4"})
  void whatAPageShowsIsAsItsSchemaHasIt(String page, int shown) throws IOException {
    int seen = 0;
    for (String block : blocks(page)) {
      JsonNode json = JSON.readTree(block);
      List<String> problems = List.of();
      if (json.has("schemaVersion")) {
        problems = SchemaFile.CLOSED_RESULT.problems("", json);
        seen++;
      } else if (json.has("phoneNumberId")) {
        problems = SchemaFile.EVENT.problems("", json);
        seen++;
      } else if (json.has("title")) {
        problems = SchemaFile.CLOSED_RESULT.problems("/$defs/problem", json);
        seen++;
      }
      assertThat(problems).isEmpty();
    }
    assertThat(seen).isEqualTo(shown);
  }

  private static List<String> blocks(String page) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("docs", page)))
        .results()
        .map(it -> it.group(1))
        .toList();
  }

  @Test
  void readersAreToldOfNoNewFieldOrWordAndTestsAre() {
    ObjectNode result = (ObjectNode) SchemaFile.RESULT.part("result").at("/examples/1").deepCopy();
    result.put("status", "TOMORROW").put("newField", 1).put("replayed", false);
    result
        .putObject("health")
        .putArray("entities")
        .addAll(Collections.nCopies(7, JSON.createObjectNode()));
    ((ObjectNode) result.path("error")).put("subcodes", 1);

    assertThat(SchemaFile.RESULT.problems("", result)).isEmpty();
    assertThat(SchemaFile.CLOSED_RESULT.problems("/$defs/result", result))
        .anyMatch(it -> it.contains("/status breaks the rule enum"))
        .anyMatch(it -> it.contains("/replayed breaks the rule const"))
        .anyMatch(it -> it.contains("/entities breaks the rule maxItems"))
        .anyMatch(it -> it.contains("unevaluatedProperties (newField)"))
        .anyMatch(it -> it.contains("/error breaks the rule unevaluatedProperties (subcodes)"));
  }

  @Test
  void aFailureNamesTheFieldAndTheRuleAndNoValue() {
    Contract.message(
        "{\"schemaVersion\": \"%s\", \"status\": \"%s\"}".formatted(Sample.TOKEN, Sample.PIN),
        Map.of("status", Sample.PASSWORD));

    assertThatThrownBy(Contract::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/schemaVersion breaks the rule type")
        .hasMessageContaining("breaks the rule required (migrationId)")
        .extracting(Throwable::getMessage)
        .satisfies(it -> assertThat(Sample.SECRETS).noneMatch(it::contains));
    Contract.check();
  }
}
