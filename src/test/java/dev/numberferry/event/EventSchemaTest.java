package dev.numberferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Trigger;
import dev.numberferry.schema.SchemaFile;
import dev.numberferry.standin.Sample;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/event.schema.json, and what the program takes. */
class EventSchemaTest {

  private static final String EVENT = "";
  private static final String COMMAND = "/$defs/fleetCommand";

  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of(EVENT, MigrationEvent.class),
        Arguments.of("/$defs/backup", BackupField.class),
        Arguments.of("/$defs/retry", Retry.class),
        Arguments.of(COMMAND, FleetCommand.Fields.class),
        Arguments.of("/$defs/fleetOrder", FleetOrder.Fields.class));
  }

  @ParameterizedTest
  @MethodSource("records")
  void itHasTheFieldsOfTheRecord(String part, Class<?> type) {
    assertThat(SchemaFile.EVENT.json().at(part + "/properties").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList());
  }

  @Test
  void itHasTheStages() {
    assertThat(SchemaFile.EVENT.part("fleetStage").findValuesAsText("const"))
        .containsExactlyElementsOf(Stream.of(FleetOrder.Stage.values()).map(Enum::name).toList());
  }

  /** A field of the sample's event, its new value, and whether the event is taken. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/phoneNumberId | `\"12345\"` | true",
        "/phoneNumberId | `\"1234\"` | false",
        "/phoneNumberId | `\"123456789012345678901\"` | false",
        "/phoneNumberId | `\"012345\"` | false",
        "/phoneNumberId | 106540352242922 | false",
        "/phoneNumberId | `\"106540352242922\\n\"` | false",
        "/phoneNumberId | - | false",
        "/backup | - | false",
        "/backup | {} | false",
        "/backup | `\"s3://number-ferry-backups/1\"` | false",
        "/backup | `{\"data\": \"QQ==\"}` | true",
        "/backup | `{\"data\": \"QQ==\", \"versionId\": \"1\"}` | false",
        "/backup/bucket | `\"nf\"` | false",
        "/backup/bucket | `\"Number_Ferry.Backups\"` | true",
        "/backup/bucket | - | false",
        "/backup/key | - | false",
        "/backup/key | `\"in bed/\\u00e9\"` | true",
        "/backup/key | `\" \"` | false",
        "/backup/key | `\"half \\ud83d\"` | false",
        "/backup/key | `\"whole \\ud83d\\ude00\"` | true",
        "/backup/key | `\"\\u200b\\u00a0\"` | false",
        "/backup/versionId | `\"null\"` | true",
        "/backup/versionId | null | false",
        "/backup/versionId | `\"half \\ude00\"` | false",
        "/backup/data | `\"QQ==\"` | false",
        "/backup/version | `\"1\"` | false",
        "/secretId | `\"partner/whatsapp_1+=.@-\"` | true",
        "/secretId | `\"arn:aws:secretsmanager:eu-central-1:123456789012:secret:a\"` | false",
        "/secretId | `\"\"` | false",
        "/expectedNumber | `\"+15551234567\"` | true",
        "/expectedNumber | `\" 0049 (0)30/12.34-56 [7]\\t\"` | true",
        "/expectedNumber | `\"+1\\u00a0555\\u2011123\\u200b4567\"` | true",
        "/expectedNumber | `\"1-2-3-4\"` | false",
        "/expectedNumber | `\"+123456789012345678901\"` | false",
        "/expectedNumber | `\"+1 555 123 45 67 x\"` | false",
        "/expectedNumber | `\"1+5551234567\"` | false",
        "/expectedNumber | `\"+1,555,123,4567\"` | false",
        "/expectedNumber | 15551234567 | false",
        "/dryRun | true | true",
        "/dryRun | `\"true\"` | false",
        "/dryRun | 1 | false",
        "/dryrun | true | false",
        "/retry | `\"again\"` | false",
        "/retry | {} | false",
        "/retry | `{\"after\": \"none\", \"reason\": \"why\"}` | true",
        "/retry | `{\"after\": \"a-1/UNKNOWN\", \"reason\": \"why\", \"state\": \"x\"}` | true",
        "/retry | `{\"after\": \"none\"}` | false",
        "/retry | `{\"reason\": \"why\"}` | false",
        "/retry | `{\"after\": \"a-1/unknown\", \"reason\": \"why\"}` | false",
        "/retry | `{\"after\": \"none \", \"reason\": \"why\"}` | false",
        "/retry | `{\"after\": \"none\", \"reason\": \" \"}` | false",
        "/retry | `{\"after\": \"none\", \"reason\": \"two\\nlines\"}` | false",
        "/retry | `{\"after\": \"none\", \"reason\": \"half \\ud83d\"}` | false",
        "/retry | `{\"after\": \"none\", \"reason\": \"whole \\ud83d\\ude00\"}` | true",
        "/retry | `{\"after\": \"none\", \"reason\": \"why\", \"state\": \"\"}` | false",
        "/retry | `{\"after\": \"none\", \"reason\": \"why\", \"until\": \"x\"}` | false",
        "/dataLocalizationRegion | `\"DE\"` | true",
        "/dataLocalizationRegion | `\"de\"` | false",
        "/dataLocalizationRegion | `\"DEU\"` | false",
        "/status | `\"READY\"` | false"
      })
  void anEventIsJudgedAsTheProgramDoes(String field, String value, boolean taken) {
    assertJudged(EVENT, with(json(Sample.event("direct.json")), field, value), taken);
  }

  @ParameterizedTest
  @CsvSource({
    "/secretId, 512, 512",
    "/backup/bucket, 255, 255",
    "/backup/key, 1024, 1024",
    "/backup/versionId, 1024, 1024",
    "/retry/reason, 500, 500",
    "/retry/state, 500, 500",
    "/retry/after, 71, 64"
  })
  void aTextHasItsLongestLength(String field, int longest, int digits) {
    ObjectNode event = (ObjectNode) json(Sample.event("direct.json"));
    event.putObject("retry").put("after", "none").put("reason", "why");
    String end = field.endsWith("after") ? "/STATUS" : "";

    assertJudged(EVENT, with(event, field, quoted("1".repeat(digits) + end)), true);
    assertJudged(EVENT, with(event, field, quoted("1".repeat(digits + 1) + end)), false);
    assertThat(digits + end.length()).isEqualTo(longest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/run | `\"a_B-1\"` | true",
        "/run | `\"a/b\"` | false",
        "/run | `\"\"` | false",
        "/run | - | false",
        "/order | - | true",
        "/order | {} | false",
        "/order | null | false",
        "/order/manifest | `\"numbers.csv\"` | false",
        "/order/manifest | `\"manifests/\"` | false",
        "/order/manifest | `\"manifests/two\\nlines\"` | false",
        "/order/upTo | `\"ALL\"` | true",
        "/order/upTo | `\"all\"` | false",
        "/order/upTo | 1 | false",
        "/order/canary | 1 | true",
        "/order/canary | 5.0 | true",
        "/order/canary | 5.5 | false",
        "/order/canary | 0 | false",
        "/order/canary | 100 | true",
        "/order/canary | 101 | false",
        "/order/canary | `\"5\"` | false",
        "/order/concurrency | 100 | true",
        "/order/concurrency | 0 | false",
        "/order/concurrency | 101 | false",
        "/order/notReady | 2000 | true",
        "/order/notReady | 2001 | false",
        "/order/notReady | -1 | false",
        "/order/tolerated | 0 | true",
        "/order/tolerated | 2001 | false",
        "/order/bucket | `\"b\"` | false",
        "/ended | {} | true",
        "/ended | null | false",
        "/ended | [] | false",
        "/ended | `{\"manifest\": \"manifests/numbers.csv\"}` | true",
        "/ended | `{\"stage\": {\"name\": \"ALL\", \"rows\": 1}, \"map\": {}}` | true",
        "/ended | `{\"stage\": {\"name\": \"NONE\"}}` | false",
        "/ended | `{\"stage\": {}}` | false",
        "/ended | `{\"go\": \"STOPPED\"}` | false",
        "/begun | true | false"
      })
  void aQuestionToTheFleetIsJudgedAsTheProgramDoes(String field, String value, boolean taken) {
    assertJudged(COMMAND, with(json(Sample.event("fleet.json")), field, value), taken);
  }

  @Test
  void aStageThatHasEndedNeedsItsOrder() {
    assertJudged(COMMAND, json("{\"run\": \"a\", \"ended\": {}}"), true);
    assertJudged(
        COMMAND, json("{\"run\": \"a\", \"ended\": {\"stage\": {\"name\": \"ALL\"}}}"), false);
  }

  @Test
  void aNameOfARunAndOfAManifestHaveTheirLongestLength() {
    JsonNode command = json(Sample.event("fleet.json"));
    for (int more : new int[] {0, 1}) {
      assertJudged(COMMAND, with(command, "/run", quoted("a".repeat(80 + more))), more == 0);
      String manifest = "manifests/" + "a".repeat(200 + more);
      assertJudged(COMMAND, with(command, "/order/manifest", quoted(manifest)), more == 0);
    }
  }

  /** As its descriptions say of it: of these only the program knows. */
  @Test
  void whatASchemaCannotSayTheProgramStillRefuses() {
    JsonNode event = json(Sample.event("direct.json"));
    JsonNode command = json(Sample.event("fleet.json"));

    assertRefusedByTheProgramAlone(EVENT, with(event, "/backup/key", quoted("\u00e9".repeat(513))));
    assertRefusedByTheProgramAlone(EVENT, with(event, "/expectedNumber", "\"+1555123456\u00e9\""));
    assertRefusedByTheProgramAlone(EVENT, with(event, "/backup/key", "\"\\u061c\""));
    assertRefusedByTheProgramAlone(
        COMMAND, with(command, "/ended", "{\"manifest\": \"manifests/others.csv\"}"));
  }

  private static void assertRefusedByTheProgramAlone(String part, JsonNode event) {
    assertThat(SchemaFile.EVENT.problems(part, event)).isEmpty();
    assertThat(isTaken(part, event)).isFalse();
  }

  private static void assertJudged(String part, JsonNode event, boolean taken) {
    List<String> problems = SchemaFile.EVENT.problems(part, event);
    assertThat(problems.isEmpty()).as("the schema: %s", problems).isEqualTo(taken);
    assertThat(isTaken(part, event)).as("the program").isEqualTo(taken);
  }

  private static boolean isTaken(String part, JsonNode event) {
    try {
      if (part.equals(COMMAND)) {
        FleetCommand.read(Payload.of(event));
      } else {
        MigrationEvent.read(event, Delivery.of(Trigger.DIRECT));
      }
      return true;
    } catch (InvalidInputException e) {
      return false;
    }
  }

  /** The same with another value at a pointer, or without it where that is a dash. */
  private static JsonNode with(JsonNode event, String pointer, String value) {
    JsonNode copy = event.deepCopy();
    int last = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) copy.at(pointer.substring(0, last));
    if (value.equals("-")) {
      parent.remove(pointer.substring(last + 1));
    } else {
      parent.set(pointer.substring(last + 1), json(value));
    }
    return copy;
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private static JsonNode json(String text) {
    return Payload.of(text).json();
  }
}
