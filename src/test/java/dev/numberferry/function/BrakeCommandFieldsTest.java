package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.event.Payload;
import dev.numberferry.schema.SchemaFile;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BrakeCommandFieldsTest {

  private static final String SCHEMA = "/$defs/brakeCommand";

  /** Every field that a command can have: a new one is among them by itself. */
  static Stream<String> fields() {
    return Stream.of(BrakeCommand.class.getRecordComponents()).map(RecordComponent::getName);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aFieldThatStandsThereIsNeverTakenForAbsent(String field) {
    for (String value :
        new String[] {"null", "\"\"", "\" \"", "\"\\u00A0\"", "1", "true", "[]", "{}"}) {
      assertThatThrownBy(
              () -> BrakeCommand.read(Payload.of("{\"%s\": %s}".formatted(field, value))))
          .as(value)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(field + " in the command is ");
    }
  }

  @Test
  void theSchemaHasTheSameFields() {
    assertThat(SchemaFile.EVENT.json().at(SCHEMA + "/properties").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(fields().toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | true",
        "`{\"engage\": \"why\", \"by\": \"Ada\"}` | true",
        "`{\"release\": \"why\", \"by\": \"Ada\"}` | true",
        "`{\"release\": \"why\", \"by\": \"Ada\", \"brakeId\": \"b\"}` | true",
        "`{\"release\": \"why\"}` | false",
        "`{\"engage\": \"why\"}` | false",
        "`{\"by\": \"Ada\"}` | false",
        "`{\"brakeId\": \"b\"}` | false",
        "`{\"engage\": \"why\", \"by\": \"Ada\", \"brakeId\": \"b\"}` | false",
        "`{\"engage\": \"why\", \"release\": \"why\", \"by\": \"Ada\"}` | false",
        "`{\"engage\": \"two\\nlines\", \"by\": \"Ada\"}` | false",
        "`{\"engage\": \"why\", \"by\": \" \"}` | false",
        "`{\"engage\": true, \"by\": \"Ada\"}` | false",
        "`{\"engage\": \"why\", \"by\": null}` | false",
        "`{\"engaged\": \"why\", \"by\": \"Ada\"}` | false",
        "[] | false",
        "null | false"
      })
  void theSchemaJudgesACommandAsTheProgramDoes(String command, boolean taken) {
    assertJudged(command, taken);
  }

  @Test
  void aTextHasItsLongestLength() {
    String command = "{\"release\": \"%s\", \"by\": \"%s\", \"brakeId\": \"%s\"}";
    String longest = "a".repeat(500);

    assertJudged(command.formatted(longest, longest, longest), true);
    assertJudged(command.formatted(longest + "a", "a", "a"), false);
    assertJudged(command.formatted("a", longest + "a", "a"), false);
    assertJudged(command.formatted("a", "a", longest + "a"), false);
  }

  private static void assertJudged(String command, boolean taken) {
    Payload event = Payload.of(command);
    assertThat(SchemaFile.EVENT.problems(SCHEMA, event.json()).isEmpty())
        .as("the schema")
        .isEqualTo(taken);
    assertThat(isTaken(event)).as("the program").isEqualTo(taken);
  }

  private static boolean isTaken(Payload event) {
    try {
      BrakeCommand.read(event);
      return true;
    } catch (InvalidInputException e) {
      return false;
    }
  }
}
