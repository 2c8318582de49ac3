package dev.numberferry.function;

import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One secret that many numbers have an entry in. */
@QuarkusTest
class CommonSecretTest extends FunctionTestBase {

  private static final String MANY = "whatsapp/many";
  private static final String ENTRY = "entry 106540352242922 of secret whatsapp/many";

  @Test
  void eachOfSixHundredNumbersIsSentItsOwnEntryAndReadsTheSecretOnce() {
    ObjectNode secret = Sample.secretForMany();
    for (int i = 0; i < 600; i++) {
      numbers(secret)
          .putObject(String.valueOf(306540352242000L + i))
          .put("pin", "%06d".formatted(i))
          .put("backupPassword", "password " + i);
    }
    outside.secrets().put(MANY, secret.toString());

    for (int i : new int[] {0, 299, 599}) {
      outside.graph().reset();
      int reads = outside.secrets().calls("GetSecretValue");

      invoke(event(String.valueOf(306540352242000L + i))).body("status", equalTo("MIGRATED"));

      assertSent(Sample.TOKEN, "%06d".formatted(i), "password " + i);
      assertThat(outside.secrets().calls("GetSecretValue")).isEqualTo(reads + 1);
    }
  }

  @Test
  void aNumberIsSentWithTheTokenOfItsEntryWhereItHasOne() {
    outside.secrets().put(MANY, Sample.secretForMany().toString());

    answered(invoke(event(Sample.NEIGHBOUR))).body("status", equalTo("MIGRATED"));

    assertSent(Sample.NEIGHBOUR_TOKEN, Sample.NEIGHBOUR_PIN, Sample.NEIGHBOUR_PASSWORD);
  }

  @Test
  void theSharedTokenServesASecretForManyWithoutOne() {
    onlySharedToken("shared");
    stores(secret -> secret.remove("accessToken"));

    answered(invoke(event(Sample.NUMBER)));

    assertSent("shared", Sample.PIN, Sample.PASSWORD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | pin in " + ENTRY + " is missing",
        "{'pin': 73519} | pin in " + ENTRY + " is of a wrong type",
        "{'pin': '12345', 'backupPassword': 'x'} | pin in " + ENTRY + " is not a text of 6 digits",
        "{'pin': '073519'} | backupPassword in " + ENTRY + " is missing",
        "{'pin': '1', 'pin': '2'} | pin in " + ENTRY + " stands twice",
        "{'pin': '073519', 'backupPassword': 'x', 'accessToken': 'a b'} | accessToken in "
            + ENTRY
            + " is not visible ASCII without spaces",
      })
  void aBrokenEntryIsNamedAndTheOthersAreServed(String entry, String message) {
    String good = Sample.secretForMany().toString();
    String broken = entry.replace('\'', '"');
    outside.secrets().put(MANY, good.replaceFirst("(\"106540352242922\":)\\{.*?}", "$1" + broken));

    answered(invoke(event(Sample.NUMBER)))
        .body("status", equalTo("INVALID"), "error.message", equalTo(message));
    assertNothingSent();
    invoke(event(Sample.NEIGHBOUR)).body("status", equalTo("MIGRATED"));
    assertSent(Sample.NEIGHBOUR_TOKEN, Sample.NEIGHBOUR_PIN, Sample.NEIGHBOUR_PASSWORD);
  }

  @Test
  void aDoubledEntryIsNamedAndTheOthersAreServed() {
    String twice =
        Sample.secretForMany().toString().replace("{\"106", "{\"106540352242922\":{},\"106");
    outside.secrets().put(MANY, twice);

    answered(invoke(event(Sample.NUMBER)))
        .body("status", equalTo("INVALID"), "error.message", equalTo(ENTRY + " stands twice"));
    assertNothingSent();
    invoke(event(Sample.NEIGHBOUR)).body("status", equalTo("MIGRATED"));
  }

  @Test
  void aNumberWithoutAnEntryIsNamedAndNothingElse() {
    stores(secret -> numbers(secret).remove(Sample.NUMBER));

    answered(invoke(event(Sample.NUMBER)))
        .body("status", equalTo("INVALID"), "error.message", equalTo(ENTRY + " is missing"));
    stores(
        secret ->
            numbers(secret).set("106 540 352 242 922", numbers(secret).remove(Sample.NUMBER)));
    invoke(event(Sample.NUMBER))
        .body(
            "error.message",
            equalTo(ENTRY + " is missing, and key 2 of numbers is no phoneNumberId"));
    assertNothingSent();
  }

  @Test
  void fieldsOfOneNumberBesideNumbersAreInvalidForAll() {
    stores(secret -> secret.put("pin", Sample.NEIGHBOUR_PIN));

    answered(invoke(event(Sample.NUMBER)))
        .body(
            "status", equalTo("INVALID"),
            "error.message", equalTo("pin in secret whatsapp/many stands beside numbers"));
    assertNothingSent();
  }

  @Test
  void noPinIsMadeForASecretThatManyReadAndWrite() {
    stores(secret -> entry(secret).put("pin", "generate"));

    answered(invoke(event(Sample.NUMBER)))
        .body(
            "status", equalTo("INVALID"),
            "error.message", containsString("pin in " + ENTRY + " is \"generate\""),
            "nextStep", containsString("a secret of its own"));
    assertNothingSent();
    assertThat(outside.secrets().calls("PutSecretValue")).isZero();
  }

  @Test
  void aDryRunFindsWhatIsWrongWithTheEntry() {
    stores(secret -> entry(secret).put("pin", "1").remove("backupPassword"));

    answered(invoke(with(event(Sample.NUMBER), "dryRun", true)))
        .body(
            "status", equalTo("NOT_READY"),
            "findings", hasSize(2),
            "findings[0].field", equalTo("pin in " + ENTRY),
            "findings[1].field", equalTo("backupPassword in " + ENTRY));
  }

  /** As where a secret is named after the account whose numbers it has. */
  @Test
  void whateverItsNameIsASecretForManySaysByItsEntryWhoseItIs() {
    String account = "whatsapp/" + GraphStandIn.WABA;
    String event = with(event(Sample.NUMBER), "secretId", account);
    outside.secrets().put(account, Sample.secretForMany().toString());

    invoke(with(event, "dryRun", true)).body("status", equalTo("READY"));
    invoke(event).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void aSecretForManyWithoutThisNumberIsNotTakenForAnothers() {
    String account = "whatsapp/" + GraphStandIn.WABA;
    String event = with(event(Sample.NUMBER), "secretId", account);
    String missing = "entry 106540352242922 of secret " + account;
    outside.secrets().put(account, "{\"numbers\": {\"206540352242922\": {}}}");

    invoke(with(event, "dryRun", true))
        .body("findings", hasSize(1), "findings[0].field", equalTo(missing));
    invoke(event).body("error.message", equalTo(missing + " is missing"));
    outside.secrets().put(account, Sample.secret());
    invoke(with(event, "dryRun", true)).body("findings[0].field", equalTo("secretId"));
    invoke(event)
        .body("error.message", equalTo("secretId names the secret of another number: " + account));
    assertNothingSent();
  }

  private void stores(Consumer<ObjectNode> change) {
    ObjectNode secret = Sample.secretForMany();
    change.accept(secret);
    outside.secrets().put(MANY, secret.toString());
  }

  private static ObjectNode numbers(ObjectNode secret) {
    return (ObjectNode) secret.path("numbers");
  }

  private static ObjectNode entry(ObjectNode secret) {
    return (ObjectNode) numbers(secret).path(Sample.NUMBER);
  }

  /** An event for a number, whose backup is there. */
  private String event(String number) {
    outside.objects().put(Sample.BUCKET, number + "/backup.json", Sample.backupFile());
    return sampleOf(number).put("secretId", MANY).toString();
  }

  private static String with(String event, String field, Object value) {
    return ((ObjectNode) parse(event)).set(field, JSON.valueToTree(value)).toString();
  }

  private void assertSent(String token, String pin, String password) {
    assertRegisteredOnce();
    LoggedRequest sent = outside.graph().registers().get(0);
    assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer " + token);
    assertThat(from(sent.getBodyAsString()).getString("pin")).isEqualTo(pin);
    assertThat(from(sent.getBodyAsString()).getString("backup.password")).isEqualTo(password);
  }
}
