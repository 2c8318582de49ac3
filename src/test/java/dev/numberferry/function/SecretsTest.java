package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where PIN, password and token come from. */
@QuarkusTest
class SecretsTest extends FunctionTestBase {

  /**
   * HMAC-SHA256 of {@link Sample#TOKEN} keyed with {@link Sample#APP_SECRET}, made with openssl.
   */
  private static final String PROOF =
      "5fdf5a2027da15e5cd6df444a3c696a3406a81b7ab94110ccc548e73c7ddbcf3";

  @Test
  void theEventMayNameAnotherSecretUnderThePrefix() {
    outside.secrets().put("whatsapp/other", Sample.secret().replace(Sample.PIN, "004711"));
    ObjectNode event = (ObjectNode) parse(Sample.event("direct.json"));

    answered(invoke(event.put("secretId", "whatsapp/other").toString()));

    assertThat(sentBody().path("pin").asText()).isEqualTo("004711");
  }

  @Test
  void anAppSecretAddsItsProof() {
    ObjectNode secret = (ObjectNode) parse(Sample.secret());
    outside.secrets().put(Sample.SECRET_ID, secret.put("appSecret", Sample.APP_SECRET).toString());

    answered(invokeSample());

    assertThat(sent().queryParameter("appsecret_proof").firstValue()).isEqualTo(PROOF);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "%s\n", "{\"accessToken\": \"%s\"}"})
  void theSharedTokenServesANumberWithoutOne(String form) {
    forgetSharedToken();
    outside.secrets().put(SHARED, form.formatted(Sample.TOKEN));
    withoutOwnToken();

    answered(invokeSample());

    assertThat(sent().getHeader("Authorization")).isEqualTo("Bearer " + Sample.TOKEN);
  }

  @Test
  void theSharedTokenIsReadOnceInAWhile() {
    forgetSharedToken();
    outside.secrets().put(SHARED, "first");
    withoutOwnToken();
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
    forgetSharedToken();
    outside.secrets().put(SHARED, "first");
    withoutOwnToken();
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

    String pin = sentBody().path("pin").asText();
    assertThat(pin).matches("[0-9]{6}");
    assertThat(outside.secrets().get(Sample.SECRET_ID)).isEqualTo(secret.put("pin", pin));
  }

  @Test
  void aPinThatCannotBeStoredIsNotSent() {
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
    pinIsOff();
    outside.secrets().fails("PutSecretValue", 400, "AccessDeniedException");

    assertThat(invokeSample().status()).isEqualTo(500);

    assertThat(published().path("error").path("message").asText())
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

  private JsonNode sentBody() {
    return parse(sent().getBodyAsString());
  }
}
