package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.domain.ErrorDetails;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from an error envelope, in each of the shapes in which it comes. */
class GraphErrorParserTest {

  private static final String SECRET = "V0FCS1VQ+number==";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'error_data': {'messaging_product': 'whatsapp', 'details': 'in 12 hours'}} | in 12 hours",
        "{'error_data': '{\\'details\\': \\'in 12 hours\\'}'} | in 12 hours",
        "{'error_data': 'in 12 hours'} | in 12 hours",
        "{'error_data': '{\\'blame\\': 1}'} | {'blame': 1}",
        "{'error_user_title': 'Wait', 'error_user_msg': 'Not now.'} | Wait; Not now.",
        "{'error_user_title': 'Not', 'error_user_msg': 'Not now.'} | Not now.",
        "{'error_user_msg': 'Not now.', 'error_data': {'details': 'in 12 hours'}} | in 12 hours;"
            + " Not now.",
        "{'error_user_msg': 'in 12 hours', 'error_data': {'details': 'in 12 hours'}} | in 12 hours",
        "{'error_user_title': 'Refused', 'error_user_msg': ' '} | -",
        "{'error_data': {'details': 7}, 'error_user_msg': null} | -",
        "{'error_data': ''} | -",
        "{'error_data': {'blame_field_specs': [['pin']]}} | blamed: pin",
        "{'error_data': {'blame_field_specs': [['backup', 'password'], ['pin']]}} | blamed:"
            + " backup.password, pin",
        "{'error_data': {'blame_field_specs': ['pin']}} | blamed: pin",
        "{'error_data': '{\\'blame_field_specs\\': [[\\'pin\\']]}'} | blamed: pin",
        "{'blame_field_specs': [['pin']]} | blamed: pin",
        "{'error_user_msg': 'Not now.', 'error_data': {'blame_field_specs': [['pin']]}} | Not now.;"
            + " blamed: pin",
        "{'error_data': {'blame_field_specs': [[], 7, [null]]}} | -"
      })
  void detailsSayWhatTheMessageLeavesOut(String more, String details) {
    JsonNode error = json(more);
    String envelope =
        error.toString().replaceFirst("\\{", "{\"code\": 1, \"message\": \"Refused\", ");

    assertThat(shown("{\"error\": " + envelope + "}").details())
        .isEqualTo(details.equals("-") ? null : details.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource({
    "133005, 133005",
    "'\"133005\"', 133005",
    "'\" 133005 \"', 133005",
    "'\"none\"',",
    "1.5,",
    "null,",
    "99999999999,",
    "-4294834291,",
    "true,"
  })
  void aCodeIsANumberOrATextOfDigits(String written, Integer code) {
    assertThat(shown("{\"error\": {\"code\": " + written + "}}").code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"2388092, 2388092", "'\"2388092\"', 2388092", "9007199254740993, 9007199254740993"})
  void aSubcodeMayBeLong(String written, Long subcode) {
    assertThat(shown("{\"error\": {\"code\": 1, \"error_subcode\": " + written + "}}").subcode())
        .isEqualTo(subcode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\": [{\"code\": 100, \"message\": \"first\"}, {\"code\": 2}]}",
        "{\"errors\": [{\"code\": 100, \"title\": \"first\", \"details\": \"more\"}]}",
        "{\"errors\": {\"code\": 100, \"message\": \"first\"}}"
      })
  void theFirstOfSeveralErrorsCounts(String answer) {
    assertThat(shown(answer).code()).isEqualTo(100);
    assertThat(shown(answer).message()).isEqualTo("first");
  }

  @Test
  void anErrorWithoutACodeIsShownAndDecidesNothing() {
    GraphError error = read("{\"error\": \"unsupported_grant\"}").orElseThrow();

    assertThat(error.shown().message()).isEqualTo("unsupported_grant");
    assertThat(GraphErrorCode.of(error).effect()).isEqualTo(GraphErrorCode.Effect.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"success\": true}", "{\"error\": null}", "{\"errors\": []}", "{\"error\": 1}"})
  void thereIsNoErrorInOtherAnswers(String answer) {
    assertThat(read(answer)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\": 1, \"message\": \"V0FCS1VQ+number==\", \"type\": \"V0FCS1VQ+number==\"}",
        "{\"code\": 1, \"error_data\": \"{\\\"details\\\": \\\"V0FCS1VQ+number==\\\"}\"}",
        "{\"code\": 1, \"error_data\": \"V0FCS1VQ+number==\"}",
        "{\"code\": 1, \"error_user_title\": \"V0FCS1VQ+number==\", \"fbtrace_id\":"
            + " \"V0FCS1VQ+num\"}",
        "{\"code\": 1, \"message\": \"node type (V0FCS1VQ+number==)\"}"
      })
  void everyTextIsMaskedWhereverItStands(String error) {
    GraphError read = read("{\"error\": " + error + "}").orElseThrow();

    assertThat(read.shown().toString() + read + read.object())
        .doesNotContain("V0FCS1VQ")
        .contains("***");
  }

  @Test
  void longTextsAreCutToWhatAMessageHolds() {
    String envelope =
        "{\"error\": {\"code\": 1, \"message\": \"%s\", \"error_user_msg\": \"%s\"}}"
            .formatted("long ".repeat(1_000), "other ".repeat(1_000));

    assertThat(shown(envelope).message()).hasSize(1_001);
    assertThat(shown(envelope).details()).hasSize(1_001);
  }

  @ParameterizedTest
  @CsvSource({"9, 10000", "1000, 30"})
  void whatIsBlamedIsReadNoFurtherThanThatEither(int names, int letters) {
    String path = ("\"" + "n".repeat(letters) + "\",").repeat(names) + "\"last\"";
    String envelope =
        "{\"error\": {\"code\": 1, \"message\": \"%s\", \"blame_field_specs\": [[%s]]}}"
            .formatted("long ".repeat(1_000), path);

    GraphError error = read(envelope).orElseThrow();

    assertThat(error.text()).hasSizeLessThanOrEqualTo(20_001).doesNotContain("last");
    assertThat(error.blamed().orElseThrow()).hasSizeLessThanOrEqualTo(1_001);
  }

  private static ErrorDetails shown(String answer) {
    return read(answer).orElseThrow().shown();
  }

  private static Optional<GraphError> read(String answer) {
    return GraphErrorParser.read(
        GraphError.Call.REGISTER, 400, parse(answer), new SecretMasker(Stream.of(SECRET)));
  }

  private static JsonNode json(String withSingleQuotes) {
    return parse(
        withSingleQuotes.replace("\\'", "\\\\\"").replace('\'', '"').replace("\\\\\"", "\\\""));
  }

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
