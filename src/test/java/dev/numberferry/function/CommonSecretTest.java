package dev.numberferry.function;

import static io.restassured.path.json.JsonPath.from;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.TopicStandIn.Message;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One secret that many numbers have an entry in. */
@QuarkusTest
class CommonSecretTest extends FunctionTestBase {

  private static final String MANY = "whatsapp/many";
  private static final String ENTRY = "entry 106540352242922 of secret whatsapp/many";

  @BeforeEach
  void storeTheNeighboursBackup() {
    storeBackup(Sample.NEIGHBOUR);
  }

  private void storeBackup(String number) {
    outside.objects().put(Sample.BUCKET, number + "/backup.json", Sample.backupFile());
  }

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

      storeBackup(String.valueOf(306540352242000L + i));
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

  /** Nobody knows whose such a text was to be: only what is wrong with it can be told. */
  @Test
  void aTextThatIsNoJsonIsToldAsThatWhateverItsNameIs() {
    String account = "whatsapp/" + GraphStandIn.WABA;
    String event = with(event(Sample.NUMBER), "secretId", account);
    outside.secrets().put(account, "{\"accessToken\": \"x\" \"numbers\": {}}");
    String problem = "is no JSON from line 1, column 21 on";

    invoke(with(event, "dryRun", true))
        .body("findings", hasSize(1), "findings[0].problem", equalTo(problem));
    invoke(event).body("error.message", equalTo("secret " + account + " " + problem));
    assertNothingSent();
  }

  @Test
  void whoseEntryWasCorrectedIsCalledOnceMoreAndTheOthersReplay() {
    outside.graph().refuses(400, 133006);
    stores(secret -> {});
    invoke(event(Sample.NUMBER)).body("status", equalTo("REJECTED"));
    invoke(event(Sample.NEIGHBOUR)).body("status", equalTo("REJECTED"));
    stores(secret -> entry(secret).put("backupPassword", "corrected"));
    outside.graph().reset();

    invoke(event(Sample.NUMBER)).body("status", equalTo("MIGRATED"));
    assertSent(Sample.TOKEN, Sample.PIN, "corrected");
    int reads = outside.secrets().calls("GetSecretValue");
    invoke(event(Sample.NEIGHBOUR))
        .body(
            "status", equalTo("REJECTED"),
            "replayed", equalTo(true),
            "$", hasKey("retry"),
            "nextStep", not(containsString("Secrets Manager")));
    assertThat(outside.secrets().calls("GetSecretValue")).isEqualTo(reads + 2);
    stores(secret -> entry(secret).put("backupPassword", "corrected").put("note", "done"));
    reads = outside.secrets().calls("GetSecretValue");
    invoke(event(Sample.NUMBER)).body("status", equalTo("MIGRATED"), "replayed", equalTo(true));
    assertThat(outside.secrets().calls("GetSecretValue")).isEqualTo(reads + 1);
    assertRegisteredOnce();
  }

  /** What serves all is as the shared token: whom it was wrong for comes again with a retry. */
  @Test
  void anotherTokenForAllMakesNoNewAttemptAndOneOfItsOwnDoes() {
    outside.graph().refuses(400, 133006);
    stores(secret -> {});
    invoke(event(Sample.NUMBER)).body("status", equalTo("REJECTED"));
    outside.graph().reset();

    stores(secret -> secret.put("accessToken", "renewed").put("appSecret", Sample.APP_SECRET));
    invoke(event(Sample.NUMBER)).body("replayed", equalTo(true));
    assertNothingSent();
    stores(secret -> entry(secret).put("accessToken", "own"));
    invoke(event(Sample.NUMBER)).body("status", equalTo("MIGRATED"));
    assertSent("own", Sample.PIN, Sample.PASSWORD);
  }

  @Test
  void aRefusedPinIsNeverSentAgainWhateverElseIsCorrected() {
    refuseThePin();
    stores(secret -> neighbour(secret).put("pin", "000042"));

    invoke(event(Sample.NUMBER)).spec(withheld("PIN_REFUSED")).body("$", not(hasKey("retry")));
    invoke(retrying(event(Sample.NUMBER))).spec(withheld("PIN_REFUSED"));
    stores(secret -> entry(secret).put("backupPassword", "corrected"));
    invoke(event(Sample.NUMBER)).spec(withheld("PIN_REFUSED"));
    assertNothingSent();
    stores(secret -> entry(secret).put("pin", "000042"));
    invoke(event(Sample.NUMBER)).body("status", equalTo("MIGRATED"));
    assertSent(Sample.TOKEN, "000042", Sample.PASSWORD);
  }

  @Test
  void aRefusedPinIsKnownWhereTheNumberGoesToASecretForManyOrBack() {
    for (boolean back : new boolean[] {true, false}) {
      outside.reset();
      String own = with(event(Sample.NUMBER), "secretId", Sample.SECRET_ID);
      String many = event(Sample.NUMBER);
      stores(secret -> {});
      outside.graph().refuses(400, 133005);
      invoke(back ? many : own).body("error.code", equalTo(133005));
      outside.graph().reset();

      invoke(back ? own : many).spec(withheld("PIN_REFUSED"));
      assertNothingSent();
      outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "000042"));
      stores(secret -> entry(secret).put("pin", "000042"));
      invoke(back ? own : many).body("status", equalTo("MIGRATED"));
      assertSent(Sample.TOKEN, "000042", Sample.PASSWORD);
    }
  }

  /** As where one text is stored over the other, under the same name. */
  @Test
  void aSecretThatBecomesOneForManyHasTheSameRefusedPin() {
    ObjectNode own = (ObjectNode) parse(Sample.secret());
    own.remove("accessToken");
    String event = with(event(Sample.NUMBER), "secretId", MANY);
    onlySharedToken(Sample.TOKEN);
    outside.secrets().put(MANY, own.toString());
    outside.graph().refuses(400, 133005);
    invoke(event).body("error.code", equalTo(133005));
    outside.graph().reset();

    stores(secret -> {});
    invoke(event).spec(withheld("PIN_REFUSED"));
    stores(secret -> entry(secret).put("accessToken", Sample.TOKEN));
    invoke(event).spec(withheld("PIN_REFUSED"));
    assertNothingSent();
  }

  @Test
  void whereTheVersionOfARefusedPinIsGoneARetryIsTheWayOn() {
    outside.graph().refuses(400, 133005);
    String version = outside.secrets().put(MANY, Sample.secretForMany().toString());
    invoke(event(Sample.NUMBER)).body("error.code", equalTo(133005));
    outside.graph().reset();
    outside.secrets().forgetVersion(MANY, version);
    stores(secret -> entry(secret).put("pin", "000042"));

    invoke(with(event(Sample.NUMBER), "dryRun", true))
        .body(
            "status", equalTo("NOT_READY"),
            "findings.field", hasItem("PIN_REFUSED"),
            "$", hasKey("retry"));
    ValidatableResponse held = invoke(event(Sample.NUMBER)).spec(withheld("PIN_REFUSED"));
    assertNothingSent();
    invoke(retrying(event(Sample.NUMBER), held)).body("status", equalTo("MIGRATED"));
    assertSent(Sample.TOKEN, "000042", Sample.PASSWORD);
  }

  @Test
  void whereTheEarlierVersionIsGoneItIsTheSameAttemptAndARetryIsTheWayOn() {
    outside.graph().refuses(400, 133006);
    String version = outside.secrets().put(MANY, Sample.secretForMany().toString());
    String first = invoke(event(Sample.NUMBER)).extract().path("nextStep");
    outside.graph().reset();
    outside.secrets().forgetVersion(MANY, version);
    stores(secret -> entry(secret).put("backupPassword", "corrected"));
    String gone = first + " Secrets Manager no longer has the version of secret " + MANY;

    invoke(with(event(Sample.NUMBER), "dryRun", true))
        .body(
            "status", equalTo("NOT_READY"),
            "findings.cure", hasItem(startsWith(gone)),
            "$", hasKey("retry"));
    ValidatableResponse replay =
        invoke(event(Sample.NUMBER)).body("replayed", equalTo(true), "nextStep", startsWith(gone));
    assertNothingSent();
    invoke(retrying(event(Sample.NUMBER), replay)).body("status", equalTo("MIGRATED"));
    assertSent(Sample.TOKEN, Sample.PIN, "corrected");
  }

  /** Its harm counts for the brake from then on, and not only when a sweep comes. */
  @Test
  void aRefusedPinThatTheTopicDidNotTakeIsPublishedByTheSameEventOfAnotherVersion() {
    outside.graph().refuses(400, 133005);
    stores(secret -> {});
    outside.topic().fails();
    invoke(event(Sample.NUMBER));
    outside.aws().recovers();
    outside.graph().reset();
    stores(secret -> neighbour(secret).put("pin", "000042"));

    invoke(event(Sample.NUMBER)).body("replayed", equalTo(true), "error.code", equalTo(133005));
    assertThat(newestAttempt().getBoolean("published")).isTrue();
    assertThat(outside.topic().taken()).hasSize(1);
    invoke(event(Sample.NUMBER)).spec(withheld("PIN_REFUSED"));
    assertNothingSent();
  }

  @Test
  void whereTheEarlierVersionCannotBeReadJustNowNothingIsSent() {
    outside.graph().refuses(400, 133006);
    String version = outside.secrets().put(MANY, Sample.secretForMany().toString());
    invoke(event(Sample.NUMBER)).body("status", equalTo("REJECTED"));
    outside.graph().reset();
    stores(secret -> entry(secret).put("pin", "000042"));
    outside.secrets().fails("GetSecretValue", version, 500, "InternalServiceError");

    assertThat(failed(invoke(event(Sample.NUMBER)), "NotSent").getString("status"))
        .isEqualTo("NOT_SENT");
    assertNothingSent();
  }

  @Test
  void theLedgerAndTheResultsHaveNothingOfAnEntry() {
    String corrected = "Berichtigt \"73\" \\ ß";
    outside.graph().refuses(400, 133005);
    stores(secret -> {});
    String answers = invoke(event(Sample.NUMBER)).extract().asString();
    outside.graph().reset();
    assertThat(newestAttempt().getMap("key"))
        .containsOnlyKeys("backupGiven", "backupRead", "secretId", "secretVersion");
    stores(secret -> entry(secret).put("backupPassword", corrected));
    for (String event : List.of(event(Sample.NUMBER), event(Sample.NEIGHBOUR))) {
      answers += invoke(with(event, "dryRun", true)).extract().asString();
      answers += invoke(event).extract().asString();
    }

    String kept = answers + outside.ledger().items() + publishedTexts();
    assertThat(kept).contains("PIN_REFUSED", "133005", "MIGRATED");
    Stream.concat(Sample.SECRETS.stream(), Stream.of(corrected))
        .flatMap(it -> Stream.of(it, escaped(it), escaped(escaped(it))))
        .forEach(it -> assertThat(kept.contains(it)).as("a secret is kept").isFalse());
  }

  /** As in a text that is a value in JSON; an item of the ledger has such texts in such texts. */
  private static String escaped(String text) {
    String quoted = JSON.valueToTree(text).toString();
    return quoted.substring(1, quoted.length() - 1);
  }

  private String publishedTexts() {
    return outside.topic().messages().stream().map(Message::text).collect(joining());
  }

  private void refuseThePin() {
    outside.graph().refuses(400, 133005);
    stores(secret -> {});
    invoke(event(Sample.NUMBER)).body("error.code", equalTo(133005));
    outside.graph().reset();
  }

  private String retrying(String event) {
    return with(event, "retry", Map.of("after", knownAttempt(), "reason", "I am sure"));
  }

  private static String retrying(String event, ValidatableResponse answer) {
    Map<String, String> retry = new HashMap<>(answer.extract().path("retry"));
    retry.put("reason", "it is another one");
    return with(event, "retry", retry);
  }

  private static ObjectNode neighbour(ObjectNode secret) {
    return (ObjectNode) numbers(secret).path(Sample.NEIGHBOUR);
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

  private static String event(String number) {
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
