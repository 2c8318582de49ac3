package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.event.Payload;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrakeCommandFieldsTest {

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
}
