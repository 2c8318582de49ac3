package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.numberferry.domain.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  /** A text that must not come back in a message. */
  private static final String VALUE = "004711";

  record Outer(String pin, Inner inner, boolean flag) {}

  record Inner(String key) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pin\": \"1\", \"pin\": \"2\"}",
        "{\"inner\": {\"key\": \"1\", \"key\": \"1\"}}",
        "{\"pin\": \"1\"} {\"pin\": \"2\"}",
        "{\"pin\": \"1\"",
        "{'pin': '1'}",
        "pin"
      })
  void isNoJsonWhereItCanBeReadInTwoWaysOrNone(String text) {
    assertThat(StrictJson.parse(text)).isEmpty();
  }

  @Test
  void bindsWhatIsKnown() {
    Outer outer = bind("{\"pin\": \"012345\", \"inner\": {\"key\": \"a\"}, \"flag\": true}");

    assertThat(outer).isEqualTo(new Outer("012345", new Inner("a"), true));
    assertThat(bind("{}")).isEqualTo(new Outer(null, null, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"pin\": 4711}                    | pin in the event is of a wrong type",
        "{\"pin\": 47.11}                   | pin in the event is of a wrong type",
        "{\"pin\": true}                    | pin in the event is of a wrong type",
        "{\"pin\": {\"x\": \"004711\"}}     | pin in the event is of a wrong type",
        "{\"pin\": [\"004711\"]}            | pin in the event is of a wrong type",
        "{\"inner\": \"004711\"}            | inner in the event is of a wrong type",
        "{\"inner\": {\"key\": 4711}}       | inner.key in the event is of a wrong type",
        "{\"flag\": \"004711\"}             | flag in the event is of a wrong type",
        "{\"Pin\": \"004711\"}              | Pin in the event is not a known field",
        "{\"inner\": {\"x\": \"004711\"}}   | inner.x in the event is not a known field",
        "[\"004711\"]                       | the event is not a JSON object",
        "\"004711\"                         | the event is not a JSON object",
        "null                               | the event is not a JSON object"
      })
  void namesTheFieldAndNeverItsValue(String json, String problem) {
    var refused = catchThrowableOfType(InvalidInputException.class, () -> bind(json));

    assertThat(refused).hasMessage(problem).hasNoCause();
    assertThat(refused.cure()).doesNotContain(VALUE).endsWith(".");
  }

  @Test
  void listsTheKnownFieldsForOneThatIsNot() {
    var refused = catchThrowableOfType(InvalidInputException.class, () -> bind("{\"pim\": \"1\"}"));

    assertThat(refused.cure()).contains("flag, inner, pin");
  }

  @Test
  void passesOverUnknownFieldsWhereThatIsAskedFor() {
    JsonNode json = StrictJson.parse("{\"pin\": \"012345\", \"note\": 1}").orElseThrow();

    assertThat(StrictJson.bindKnown(json, Outer.class, "secret a").pin()).isEqualTo("012345");
  }

  /** A process that lives long must not keep each name that it ever saw. */
  @Test
  void namesOfFieldsAreNotKept() {
    String json = "{\"a name of nobody's\": 1}";

    String name = StrictJson.parse(json).orElseThrow().fieldNames().next();

    assertThat(StrictJson.parse(json).orElseThrow().fieldNames().next())
        .isEqualTo(name)
        .isNotSameAs(name);
  }

  @ParameterizedTest
  @CsvSource({"49998, true", "49999, false"})
  void aTreeHasABound(int objects, boolean taken) {
    String json = "[" + "{},".repeat(objects) + "0]";

    assertThat(StrictJson.parse(json).isPresent()).isEqualTo(taken);
    assertThat(StrictJson.parseLoosely(json, "a").filter(JsonNode::isArray).isPresent())
        .isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": \"1\", \"b\": {\"a\": \"2\"}}  | {\"a\":\"1\"}",
        "{\"b\": [{\"a\": 1}], \"a\": \"1\", \"c | {\"a\":\"1\"}",
        "{\"a\": \"1\", \"a\": \"1\"}             | {}",
        "{\"a\": {\"a\": \"1\"}, \"a\": \"1\"}  | {}",
        "{\"a\": \"1                               | {}",
        "{\"a\": 1}                             | {}",
        "[{\"a\": \"1\"}]                           | {}",
        "\"a\"                                      | {}"
      })
  void ofWhatIsTooLargeOneTextIsRead(String json, String only) {
    assertThat(StrictJson.only(json, "a")).hasToString(only);
  }

  @Test
  void aFieldThatStandsTwiceIsShownInPlainCharactersOnly() {
    String twice = "{\"a\\nb\": 1, \"a\\nb\": 2}";

    assertThat(StrictJson.flaw(twice, "the event")).hasMessage("a?b in the event stands twice");
  }

  @Test
  void saysThatThereIsNone() {
    var refused =
        catchThrowableOfType(
            InvalidInputException.class,
            () -> StrictJson.bindKnown(MissingNode.getInstance(), Outer.class, "secret a"));

    assertThat(refused).hasMessage("secret a is not a JSON object");
  }

  private static Outer bind(String json) {
    return StrictJson.bind(StrictJson.parse(json).orElseThrow(), Outer.class, "the event");
  }
}
