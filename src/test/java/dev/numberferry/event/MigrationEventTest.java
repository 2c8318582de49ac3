package dev.numberferry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Trigger;
import dev.numberferry.standin.Sample;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MigrationEventTest {

  /** What nobody writes who means a text, true or false, or an object. */
  private static final List<String> MEANINGLESS =
      List.of("null", "\"\"", "\" \"", "\"\\n\"", "\"\\u200B\"", "0", "1", "1.5", "[]", "[true]");

  /** Every field that an event can have, with its type: a new one is among them by itself. */
  static Stream<RecordComponent> fields() {
    return Stream.of(MigrationEvent.class.getRecordComponents());
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aFieldThatStandsThereIsNeverTakenForAbsent(RecordComponent field) {
    for (String value : MEANINGLESS) {
      assertInvalid(sample().set(field.getName(), json(value)), field.getName());
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void norIsOneInsideOfAnother(RecordComponent field) {
    if (!field.getType().isRecord()) {
      return;
    }
    for (RecordComponent inner : field.getType().getRecordComponents()) {
      for (String value : MEANINGLESS) {
        ObjectNode event = sample();
        event.putObject(field.getName()).set(inner.getName(), json(value));
        assertInvalid(event, field.getName() + "." + inner.getName());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"secretId", "dataLocalizationRegion", "expectedNumber", "retry", "dryRun"})
  void whatNobodyNeedsMayBeLeftOut(String field) {
    assertThatThrownBy(() -> read(sample().putNull(field)))
        .extracting(it -> ((InvalidInputException) it).cure())
        .asString()
        .startsWith("Leave it out");
  }

  /** Until 2018 buckets in us-east-1 could be called otherwise than today. */
  @ParameterizedTest
  @CsvSource({
    "number-ferry-backups, true",
    "Number_Ferry.Backups, true",
    "nf, false",
    "arn:aws:s3:::number-ferry-backups, false",
    "number-ferry-backups/in, false"
  })
  void aBucketIsNamedAsItIsCalled(String bucket, boolean taken) {
    ObjectNode event = sample();
    ((ObjectNode) event.path("backup")).put("bucket", bucket);

    if (taken) {
      assertThat(read(event).backup().reference()).startsWith("s3://" + bucket + "/");
    } else {
      assertThatThrownBy(() -> read(event)).hasMessageStartingWith("backup.bucket has a form");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"\"true\"", "\"false\"", "\"null\"", "\"yes\"", "0", "1", "1.0", "{}", "[false]"})
  void onlyTrueAndFalseAreADryRunOrNone(String value) {
    assertInvalid(sample().set("dryRun", json(value)), "dryRun");
    assertThat(read(sample().put("dryRun", true)).dryRun()).isTrue();
    assertThat(read(sample().put("dryRun", false)).dryRun()).isFalse();
    assertThat(read(sample()).dryRun()).isFalse();
  }

  @Test
  void aFieldThatIsNotKnownIsToldAsThat() {
    assertThatThrownBy(() -> read(sample().putNull("dryrun")))
        .hasMessage("dryrun in the event is not a known field");
  }

  private static void assertInvalid(JsonNode event, String field) {
    assertThatThrownBy(() -> read(event))
        .as(event.toString())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(field + " in the event is ");
  }

  private static MigrationRequest read(JsonNode event) {
    return MigrationEvent.read(event, Delivery.of(Trigger.DIRECT));
  }

  private static ObjectNode sample() {
    return (ObjectNode) json(Sample.event("direct.json"));
  }

  private static JsonNode json(String text) {
    return Payload.of(text).json();
  }
}
