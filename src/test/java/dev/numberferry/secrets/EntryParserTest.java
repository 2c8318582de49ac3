package dev.numberferry.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.AccessToken.AppSecret;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.standin.Sample;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryParserTest {

  private static final PhoneNumberId NUMBER = new PhoneNumberId(Sample.NUMBER);
  private static final PhoneNumberId NEIGHBOUR = new PhoneNumberId(Sample.NEIGHBOUR);
  private static final String ENTRY = "entry 106540352242922 of secret whatsapp/many";

  /** As many as the README's form takes in the 65,536 bytes of a secret. */
  @Test
  void eachOfSixHundredNumbersHasItsOwnEntry() {
    ObjectNode secret = JsonNodeFactory.instance.objectNode().put("accessToken", Sample.TOKEN);
    ObjectNode numbers = secret.putObject("numbers");
    for (int i = 0; i < 600; i++) {
      numbers
          .putObject(String.valueOf(106540352242000L + i))
          .put("pin", "%06d".formatted(i))
          .put("backupPassword", "password no. " + i);
    }
    String text = secret.toString();

    assertThat(text.getBytes(UTF_8)).hasSizeLessThan(65_536);
    for (int i = 0; i < 600; i++) {
      NumberFields found = parse(text, new PhoneNumberId(String.valueOf(106540352242000L + i)));
      assertThat(found.pin().orElseThrow().value()).isEqualTo("%06d".formatted(i));
      assertThat(found.own().fields().backupPassword()).isEqualTo("password no. " + i);
      assertThat(found.token().orElseThrow().value()).isEqualTo(Sample.TOKEN);
      assertThat(found.flaws()).isEmpty();
    }
  }

  @Test
  void aNumbersOwnTokenAndAppSecretComeBeforeThoseForAll() {
    ObjectNode secret = Sample.secretForMany().put("appSecret", "a0");
    assertThat(token(secret, NUMBER)).contains(token(Sample.TOKEN, "a0"));
    assertThat(token(secret, NEIGHBOUR)).contains(token(Sample.NEIGHBOUR_TOKEN, "a0"));

    entry(secret, NEIGHBOUR).put("appSecret", "b0");
    assertThat(token(secret, NEIGHBOUR)).contains(token(Sample.NEIGHBOUR_TOKEN, "b0"));

    secret.remove("accessToken");
    assertThat(token(secret, NUMBER)).isEmpty();
    assertThat(token(secret, NEIGHBOUR)).contains(token(Sample.NEIGHBOUR_TOKEN, "b0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['073519'] | %s is not a JSON object",
        "null | %s is not a JSON object",
        "{'pin': 73519} | pin in %s is of a wrong type",
        "{'pin': '1', 'pin': '2'} | pin in %s stands twice",
        "{'073519': '1', '073519': '2'} | a field in %s stands twice",
        "{'pin': '1', 'note': [{'a': {'x': 1, 'x': 1}}]} | a field in %s stands twice",
        "{'pin': '1', 'pin': {'a': [1, {}]}, 'x': 1} | pin in %s stands twice",
        "{}, '106540352242922': {'pin': [1]} | %s stands twice",
      })
  void whatIsWrongWithAnEntryKeepsPinAndPasswordBackAndNotTheToken(String entry, String flaw) {
    String numbers = "{'numbers': {'106540352242922': %s, '1': {}}, 'accessToken': 'for-all'}";
    NumberFields found = parse(numbers.formatted(entry).replace('\'', '"'), NUMBER);

    assertThat(found.flaws())
        .extracting(it -> it.field() + " " + it.problem())
        .containsExactly(flaw.formatted(ENTRY));
    assertThat(found.token()).contains(new AccessToken("for-all", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"[], true", "{}, false", "7, true"})
  void numbersThatAreNoObjectKeepTheTokenToo(String numbers, boolean flaw) {
    String text = "{'accessToken': 'for-all', 'numbers': %s}".formatted(numbers);
    NumberFields found = parse(text.replace('\'', '"'), NUMBER);

    assertThat(found.flaws())
        .extracting(Finding::field, Finding::problem)
        .containsExactly(
            flaw
                ? tuple("numbers in secret whatsapp/many", "is not a JSON object")
                : tuple(ENTRY, "is missing"));
    assertThat(found.token()).contains(new AccessToken("for-all", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'numbers': {'1': {}}, 'numbers': {}} | numbers in secret whatsapp/many stands twice",
        "{'numbers': {}, 'x': 1, 'x': 1} | a field in secret whatsapp/many stands twice",
        "{'numbers': {}, 'accessToken': 7} | accessToken in secret whatsapp/many is of a wrong"
            + " type",
        "{'numbers': {}} {} | secret whatsapp/many goes on behind its end",
        "{'accessToken': 'x' 'numbers': {}} | secret whatsapp/many is no JSON from line 1, column"
            + " 21 on",
        "{'numbers': {'1': {'pin': '073519' 'x'}}} | secret whatsapp/many is no JSON from line 1,"
            + " column 36 on",
        "{'numbers': {'106540352242922': {'pin': '1', 'pin': '2' 'x'}}} | secret whatsapp/many is"
            + " no JSON from line 1, column 57 on",
        "{'numbers': {'106540352242922': {'pin': '073519'}} | secret whatsapp/many is no JSON from"
            + " line 1, column 51 on",
      })
  void whatIsWrongAroundTheEntriesIsNamedAndNeverItsValue(String text, String message) {
    assertThatThrownBy(() -> parse(text.replace('\'', '"'), NUMBER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message)
        .hasNoCause();
  }

  /** What is wrong with a neighbour is no matter of this number. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'206540352242922': '073519'",
        "'206540352242922': null",
        "'206540352242922': {'pin': 904617, 'pin': [{}]}",
        "'206540352242922': {}, '206540352242922': {}",
        "'no id': {'106540352242922': {'pin': '904617'}}",
        "'no id': {}, 'no id': {}",
      })
  void aSecretThatIsBrokenForOneServesTheOthers(String neighbour) {
    String own = "'106540352242922': {'pin': '073519'}";
    for (String numbers : new String[] {neighbour + ", " + own, own + ", " + neighbour}) {
      NumberFields found = parse("{'numbers': {%s}}".formatted(numbers).replace('\'', '"'), NUMBER);

      assertThat(found.own().fields().pin()).isEqualTo("073519");
      assertThat(found.flaws()).isEmpty();
    }
  }

  @Test
  void aNumberWithoutAnEntryIsNamedAndHasTheTokenForAll() {
    ObjectNode secret = Sample.secretForMany();
    ((ObjectNode) secret.path("numbers")).remove(Sample.NUMBER);
    assertThat(parse(secret.toString(), NUMBER).flaws())
        .extracting(Finding::field, Finding::problem)
        .containsExactly(tuple(ENTRY, "is missing"));

    ((ObjectNode) secret.path("numbers")).putObject("+49 151 23456789");
    assertThat(parse(secret.toString(), NUMBER).flaws())
        .extracting(Finding::field, Finding::problem)
        .containsExactly(tuple(ENTRY, "is missing, and key 2 of numbers is no phoneNumberId"));
    assertThat(token(secret, NUMBER)).contains(new AccessToken(Sample.TOKEN, Optional.empty()));
  }

  @Test
  void fieldsOfOneNumberStandInNoSecretForMany() {
    ObjectNode secret = Sample.secretForMany().put("pin", 1).put("backupPassword", "x");

    assertThat(parse(secret.toString(), NUMBER).flaws())
        .extracting(Finding::field, Finding::problem)
        .containsExactly(
            tuple("pin in secret whatsapp/many", "stands beside numbers"),
            tuple("backupPassword in secret whatsapp/many", "stands beside numbers"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'numbers': {}} | true",
        "{'pin': '073519', 'numbers': {}} | true",
        "{'numbers': []} | true",
        "{'numbers': 'later'} | true",
        "{'pin': '073519', 'numbers': 'later'} | false",
        "{'numbers': [], 'backupPassword': 'x'} | false",
        "{'numbers': null} | false",
        "{'accessToken': {'numbers': {}}, 'pin': '1'} | false",
        "[{'numbers': {}}] | false",
      })
  void aSecretWithNumbersIsOneForMany(String text, boolean forMany) {
    assertThat(EntryParser.read(stored(text.replace('\'', '"')), NUMBER).isForMany())
        .isEqualTo(forMany);
  }

  private static AccessToken token(String token, String appSecret) {
    return new AccessToken(token, Optional.of(new AppSecret(appSecret)));
  }

  private static Optional<AccessToken> token(ObjectNode secret, PhoneNumberId number) {
    return parse(secret.toString(), number).token();
  }

  private static ObjectNode entry(ObjectNode secret, PhoneNumberId number) {
    return (ObjectNode) secret.path("numbers").path(number.value());
  }

  private static NumberFields parse(String text, PhoneNumberId number) {
    return EntryParser.parse(stored(text), number);
  }

  private static StoredSecret stored(String text) {
    return new StoredSecret("whatsapp/many", "v1", text);
  }
}
