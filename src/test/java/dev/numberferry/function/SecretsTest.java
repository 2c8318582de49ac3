package dev.numberferry.function;

import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where PIN, password and token come from. */
@QuarkusTest
class SecretsTest extends FunctionTestBase {

  /**
   * HMAC-SHA256 of {@link Sample#TOKEN} keyed with {@link Sample#APP_SECRET}, made with openssl.
   */
  private static final String PROOF =
      "5fdf5a2027da15e5cd6df444a3c696a3406a81b7ab94110ccc548e73c7ddbcf3";

  private static final String EARLIER = "whatsapp/earlier";

  @Test
  void theEventMayNameAnotherSecretUnderThePrefix() {
    outside.secrets().put("whatsapp/other", Sample.secret().replace(Sample.PIN, "004711"));

    answered(invoke(sampleWith("secretId", "whatsapp/other")));

    assertThat(sentBody().getString("pin")).isEqualTo("004711");
  }

  @Test
  void anAppSecretAddsItsProof() {
    ObjectNode secret = (ObjectNode) parse(Sample.secret());
    outside.secrets().put(Sample.SECRET_ID, secret.put("appSecret", Sample.APP_SECRET).toString());

    answered(invokeSample());

    assertThat(sent().queryParameter("appsecret_proof").firstValue()).isEqualTo(PROOF);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "%s\n",
        "{\"accessToken\": \"%s\"}",
        "\uFEFF%s",
        "\u00EF\u00BB\u00BF%s\r\n",
        "\u200B%s",
        "\"%s\"\n"
      })
  void theSharedTokenServesANumberWithoutOneWhateverStandsAroundIt(String form) {
    onlySharedToken(form.formatted(Sample.TOKEN));

    answered(invokeSample());

    assertThat(sent().getHeader("Authorization")).isEqualTo("Bearer " + Sample.TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF%s", "\u00EF\u00BB\u00BF%s", "\uFEFF\n%s\uFEFF"})
  void aByteOrderMarkBeforeASecretIsPassedOver(String form) {
    String ascii = Sample.secret().replace(Sample.PASSWORD.replace("\"", "\\\""), "plain");
    outside.secrets().put(Sample.SECRET_ID, form.formatted(ascii));

    answered(invokeSample());

    assertThat(sentBody().getString("pin")).isEqualTo(Sample.PIN);
    assertThat(sentBody().getString("backup.password")).isEqualTo("plain");
  }

  @Test
  void whatAWrongEncodingHasChangedIsNamed() {
    byte[] utf8 = Sample.secret().getBytes(StandardCharsets.UTF_8);
    byte[] utf16 = Sample.secret().getBytes(StandardCharsets.UTF_16LE);

    for (String text :
        List.of(
            "\u00EF\u00BB\u00BF" + new String(utf8, StandardCharsets.ISO_8859_1),
            "\u00FF\u00FE" + new String(utf16, StandardCharsets.ISO_8859_1))) {
      outside.secrets().put(Sample.SECRET_ID, text);

      invokeSample();

      assertThat(lastPublished().getString("status")).isEqualTo("INVALID");
      assertThat(lastPublished().getString("error.message"))
          .isEqualTo("secret whatsapp/106540352242922 was stored in a wrong encoding");
    }
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "pin, 073\u200B519, has an invisible character in it",
    "pin, \uFEFF073519, has an invisible character in it",
    "accessToken, EAAG\uFEFFabc, has an invisible character in it",
    "accessToken, EAAG\u007Fabc, has an invisible character in it",
    "appSecret, 9d1c\u00A03f5e, has an invisible character in it",
    "backupPassword, F\uFFFDhre, has a character in it that a wrong encoding has destroyed"
  })
  void aFieldThatNobodyCanSeeToBeWrongIsNamed(String field, String value, String problem) {
    ObjectNode secret = (ObjectNode) parse(Sample.secret());
    outside.secrets().put(Sample.SECRET_ID, secret.put(field, value).toString());

    answered(invokeSample())
        .body(
            "status", equalTo("INVALID"),
            "error.message", equalTo(field + " in secret whatsapp/106540352242922 " + problem));
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"012345", "generate"})
  void aSecretOfWhichOnlyTheCurrentVersionMayBeReadIsEnough(String pin) {
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, pin));
    pinIsOff();
    outside.secrets().letsReadOnly("AWSCURRENT");

    answered(invokeSample()).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSecretWithoutAUsableValueIsNamedAsWhatItIsAndAFindingOfADryRun(boolean dryRun) {
    String id = Sample.SECRET_ID;
    assertSecretInvalid(dryRun, "has no value", () -> outside.secrets().put(id, ""));
    assertSecretInvalid(dryRun, "has no value", () -> outside.secrets().put(id, " \n"));
    assertSecretInvalid(
        dryRun,
        "has no value",
        () ->
            fails(
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret value for staging label:"
                    + " AWSCURRENT"));
    assertSecretInvalid(
        dryRun,
        "does not exist",
        () ->
            fails("ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
    assertSecretInvalid(dryRun, "holds binary data", () -> outside.secrets().holdsBinary(id));
    assertSecretInvalid(
        dryRun,
        "is marked for deletion",
        () -> fails("InvalidRequestException", "You can't do that: it was marked for deletion."));
    assertSecretInvalid(
        dryRun, "cannot be used", () -> fails("InvalidRequestException", "something else"));
  }

  private void fails(String code, String message) {
    outside.secrets().fails("GetSecretValue", "", 400, code, message);
  }

  private void assertSecretInvalid(boolean dryRun, String problem, Runnable arrange) {
    outside.reset();
    arrange.run();

    ValidatableResponse answer = answered(invoke(sampleWith("dryRun", dryRun)));

    String secret = "secret whatsapp/106540352242922";
    if (dryRun) {
      answer.body(
          "status", equalTo("NOT_READY"),
          "findings[0].field", equalTo(secret),
          "findings[0].problem", equalTo(problem));
    } else {
      answer.body(
          "status", equalTo("INVALID"),
          "error.message", equalTo(secret + " " + problem));
    }
    answer.body("nextStep", endsWith("."));
    assertNothingSent();
  }

  /** As where the secrets' prefix or their key has changed since: nobody grants it by waiting. */
  @ParameterizedTest
  @ValueSource(strings = {"AccessDeniedException", "DecryptionFailure", "KMSDisabledException"})
  void aRefusedPinWhoseSecretMayNoLongerBeReadIsHeldBackByItsNameUntilARetry(String code) {
    outside.secrets().put(EARLIER, Sample.secret());
    outside.graph().refuses(400, 133005);
    answered(invoke(sampleWith("secretId", EARLIER)));
    outside.secrets().fails("GetSecretValue", EARLIER, 400, code);
    outside.graph().reset();

    ValidatableResponse held = invokeSample().statusCode(200).spec(withheld("PIN_REFUSED"));

    held.body("error.message", endsWith(" secret " + EARLIER + " cannot be read"));
    assertNothingSent();
    invoke(sampleWith("dryRun", true))
        .body(
            "status", equalTo("NOT_READY"),
            "findings[0].problem", endsWith(" secret " + EARLIER + " cannot be read"));
    invoke(sampleRetrying(held, "it is another PIN")).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void aRefusedPinWhoseSecretCannotBeReadJustNowIsComparedLater() {
    outside.secrets().put(EARLIER, Sample.secret());
    outside.graph().refuses(400, 133005);
    answered(invoke(sampleWith("secretId", EARLIER)));
    outside.secrets().fails("GetSecretValue", EARLIER, 500, "InternalServiceError");

    assertThat(failed(invokeSample(), "NotSent").getString("status")).isEqualTo("NOT_SENT");
    assertRegisteredOnce();
  }

  @Test
  void theSharedTokenIsReadOnceInAWhile() {
    onlySharedToken("first");
    outside.graph().refuses(400, 100);

    answered(invokeSample());
    outside.secrets().put(SHARED, "second");
    invoke(sampleRetrying("corrected the backup"));

    assertThat(outside.graph().registers())
        .extracting(request -> request.getHeader("Authorization"))
        .containsExactly("Bearer first", "Bearer first");
  }

  @Test
  void aSharedTokenThatWasRefusedIsReadAfreshAndAskedWithOnceMore() {
    onlySharedToken("first");
    outside.graph().refuses(400, 100);
    answered(invokeSample());
    outside.secrets().put(SHARED, "second");
    outside.graph().refusesToken("first");

    invoke(sampleRetrying("the token was renewed"));

    assertThat(outside.graph().looks())
        .extracting(request -> request.getHeader("Authorization"))
        .containsExactly("Bearer first", "Bearer first", "Bearer second");
    assertThat(outside.graph().registers())
        .extracting(request -> request.getHeader("Authorization"))
        .containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void aPinIsMadeAndStoredBeforeTheCall() {
    ObjectNode secret = (ObjectNode) parse(Sample.secret());
    secret.put("pin", "generate").put("note", "kept as it is");
    pinIsOff();
    outside.secrets().put(Sample.SECRET_ID, secret.toString());

    answered(invokeSample());

    String pin = sentBody().getString("pin");
    assertThat(pin).matches("[0-9]{6}");
    String stored = outside.secrets().get(Sample.SECRET_ID);
    assertThat(parse(stored)).isEqualTo(secret.put("pin", pin));
  }

  @Test
  void aPinThatCannotBeStoredIsNotSent() {
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
    pinIsOff();
    outside.secrets().fails("PutSecretValue", 400, "AccessDeniedException");

    invokeSample().statusCode(500);

    assertThat(published().getString("error.message"))
        .isEqualTo(
            "secretsmanager:PutSecretValue on secret whatsapp/106540352242922 was denied:"
                + " AccessDeniedException");
    assertNothingSent();
  }

  @Test
  void aPinThatIsKnownIsNeverWritten() {
    answered(invokeSample());

    assertThat(outside.secrets().calls("PutSecretValue")).isZero();
  }

  private void pinIsOff() {
    outside
        .graph()
        .tells(GraphStandIn.state("ON_PREMISE", "CONNECTED").put("is_pin_enabled", false));
  }

  private LoggedRequest sent() {
    assertRegisteredOnce();
    return outside.graph().registers().get(0);
  }

  private JsonPath sentBody() {
    return from(sent().getBodyAsString());
  }
}
