package dev.numberferry.function;

import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a clear answer, and nothing is sent. */
@QuarkusTest
class BadInputTest extends FunctionTestBase {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | the event is not a JSON object",
        "[] | the event is not a JSON object",
        "\"106540352242922\" | the event is not a JSON object",
        "{} | phoneNumberId is missing",
        "{\"phoneNumberId\": 106540352242922} | phoneNumberId in the event is of a wrong type",
        "{\"phoneNumberId\": \"1234\"} | phoneNumberId is not 5 to 20 digits",
        "{\"phoneNumberId\": \"123/../456\"} | phoneNumberId is not 5 to 20 digits",
        "{\"phoneNumberId\": \"123456789012345678901\"} | phoneNumberId is not 5 to 20 digits",
        "{\"phoneNumberId\": \"١٢٣٤٥٦\"} | phoneNumberId is not 5 to 20 digits",
        "{\"phoneNumberId\": \"106540352242922\\n\"} | phoneNumberId is not 5 to 20 digits",
        "{\"phoneNumberID\": \"106540352242922\"} | phoneNumberID in the event is not a known"
            + " field",
        "{\"Records\": []} | Records in the event is not a known field",
      })
  void anEventThatNamesNoNumberIsAnsweredAndPublishedWithoutOne(String event, String message) {
    assertInvalid(answered(invoke(event)), message).body("$", not(hasKey("phoneNumberId")));

    assertThat(outside.topic().messages().get(0).attributes())
        .isEqualTo(Map.of("status", "INVALID", "urgency", "soon"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "backup | - | backup is missing",
        "backup | {} | backup is empty",
        "backup | \"V0FCS1VQ\" | backup in the event is of a wrong type",
        "backup | {\"bucket\": \"bucket\"} | backup.key is missing",
        "backup | {\"key\": \"key\"} | backup.bucket is missing",
        "backup | {\"bucket\": \"bucket\", \"key\": 1} | backup.key in the event is of a wrong"
            + " type",
        "backup | {\"bucket\": \"a.b/../c\", \"key\": \"k\"} | backup.bucket has a form that is not"
            + " accepted",
        "backup | {\"bucket\": \"bucket\", \"key\": \"\"} | backup.key in the event is blank",
        "backup | {\"bukket\": \"b\"} | backup.bukket in the event is not a known field",
        "backup | {\"bucket\": \"b\", \"data\": \"d\"} | backup names an object and has data as"
            + " well",
        "secretId | \"\" | secretId in the event is blank",
        "secretId | \"whatsapp/a b\" | secretId has a form that is not accepted",
        "secretId | \"database/admin\" | secretId does not begin with whatsapp/",
        "dataLocalizationRegion | \"Germany\" | dataLocalizationRegion has a form that is not"
            + " accepted",
        "dataLocalizationRegion | 49 | dataLocalizationRegion in the event is of a wrong type",
        "dryrun | true | dryrun in the event is not a known field",
        "dryRun | \"\" | dryRun in the event is blank",
        "dryRun | \" \" | dryRun in the event is blank",
        "dryRun | null | dryRun in the event is null",
        "dryRun | \"null\" | dryRun in the event is of a wrong type",
        "dryRun | \"true\" | dryRun in the event is of a wrong type",
        "dryRun | 0 | dryRun in the event is of a wrong type",
        "expectedNumber | null | expectedNumber in the event is null",
        "dataLocalizationRegion | null | dataLocalizationRegion in the event is null",
        "secretId | null | secretId in the event is null",
        "retry | null | retry in the event is null",
      })
  void aFieldThatCannotBeUsedIsNamed(String field, String value, String message) {
    String event = with(sample(), field, value);

    assertInvalid(answered(invoke(event)), message).body("phoneNumberId", equalTo(Sample.NUMBER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "pin | - | pin in secret whatsapp/106540352242922 is missing",
        "pin | 73519 | pin in secret whatsapp/106540352242922 is of a wrong type",
        "pin | 123456 | pin in secret whatsapp/106540352242922 is of a wrong type",
        "pin | \"73519\" | pin in secret whatsapp/106540352242922 is not a text of 6 digits",
        "pin | \"0735190\" | pin in secret whatsapp/106540352242922 is not a text of 6 digits",
        "pin | \"٠٧٣٥١٩\" | pin in secret whatsapp/106540352242922 is not a text of 6 digits",
        "pin | \"Generate\" | pin in secret whatsapp/106540352242922 is not a text of 6 digits",
        "backupPassword | - | backupPassword in secret whatsapp/106540352242922 is missing",
        "backupPassword | \"\" | backupPassword in secret whatsapp/106540352242922 is empty",
        "accessToken | \"\" | accessToken in secret whatsapp/106540352242922 is not visible ASCII"
            + " without spaces",
        "accessToken | \"a b\" | accessToken in secret whatsapp/106540352242922 is not visible"
            + " ASCII without spaces",
        "accessToken | \"tokén\" | accessToken in secret whatsapp/106540352242922 is not visible"
            + " ASCII without spaces",
        "accessToken | - | secret whatsapp-shared-token does not exist",
        "appSecret | \"a b\" | appSecret in secret whatsapp/106540352242922 is not visible ASCII"
            + " without spaces",
      })
  void aFieldOfTheSecretThatCannotBeUsedIsNamed(String field, String value, String message) {
    forgetSharedToken();
    String secret = with((ObjectNode) parse(Sample.secret()), field, value);
    outside.secrets().put(Sample.SECRET_ID, secret);

    assertInvalid(answered(invokeSample()), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no JSON | secret %s is no JSON from line 1, column 1 on",
        "{\"pin\": \"004711\" | secret %s is no JSON from line 1, column 17 on",
        "{\"pin\": \"1\", \"pin\": \"2\"} | pin in secret %s stands twice",
        "{\"004711\": 1, \"004711\": 2} | a field in secret %s stands twice",
        "[] | secret %s is not a JSON object",
      })
  void aSecretThatIsNoJsonIsInvalid(String secret, String message) {
    outside.secrets().put(Sample.SECRET_ID, secret);

    assertInvalid(answered(invokeSample()), message.formatted(Sample.SECRET_ID));
  }

  @Test
  void aMissingSecretIsInvalid() {
    String event = sampleWith("secretId", "whatsapp/none");

    assertInvalid(answered(invoke(event)), "secret whatsapp/none does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {Sample.PIN, "generate"})
  void theSecretOfAnotherNumberIsNeitherSentNorWritten(String pin) {
    String secret = "whatsapp/" + OTHER_NUMBER;
    outside.secrets().put(secret, Sample.secret().replace(Sample.PIN, pin));
    outside.graph().tells(state("ON_PREMISE", "CONNECTED").put("is_pin_enabled", false));

    assertInvalid(
        answered(invoke(sampleWith("secretId", secret))),
        "secretId names the secret of another number: whatsapp/206540352242922");
    assertThat(outside.secrets().calls("PutSecretValue")).isZero();
  }

  @Test
  void theBackupOfAnotherNumberIsNotSent() {
    String key = OTHER_NUMBER + "/backup.json";
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());

    assertInvalid(
        answered(invoke(sampleWith("backup", Map.of("bucket", Sample.BUCKET, "key", key)))),
        "backup.key names the backup of another number:"
            + " s3://number-ferry-backups/206540352242922/backup.json");
  }

  @Test
  void aMissingObjectIsInvalid() {
    ObjectNode event = sample();
    ((ObjectNode) event.path("backup")).put("key", "elsewhere.json");

    assertInvalid(
        answered(invoke(event.toString())),
        "backup cannot be read from s3://number-ferry-backups/elsewhere.json: NoSuchKey");
  }

  @Test
  void anObjectOver5MbIsInvalid() {
    outside
        .objects()
        .put(Sample.BUCKET, Sample.KEY, "V".repeat(5_000_001).getBytes(StandardCharsets.US_ASCII));

    assertInvalid(
        answered(invokeSample()),
        "backup.key names an object over 5 MB:"
            + " s3://number-ferry-backups/106540352242922/backup.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | backup is empty",
        "{\"errors\": [{\"code\": 1000}]} | backup is the error answer of a backup call that"
            + " failed",
        "{\"backup\": \"V0FCS1VQLW51bWJlcg==\"} | backup is JSON without settings.data",
        "<html>Bad Gateway</html> | backup is an HTML page",
        "d41d8cd98f00b204e9800998ecf8427e | backup is a bare hash",
        "{\"settings\": {\"data\": \"V0FCS1VQLW51bWJlcg==\"}}200 | backup is an answer with a"
            + " status code behind it",
        "eyJzZXR0aW5ncyI6eyJkYXRhIjoiVjBGQ1MxVlBMVzUxYldKbGNnPT0ifX0= | backup is the backup's"
            + " answer encoded once more, in base64, hexadecimal or as in a URL",
        "V0FCS1VQLW51bWJlcg\\u003d\\u003d | backup has escapes in it, as of JSON, a URL or HTML",
        "data=V0FCS1VQLW51bWJlcg== | backup has a name before it",
        "V0FCS1VQLW51bWJlcg==% | backup has a mark behind it, as of a terminal or of a list",
        "V0FCS1VQLW51bWJlcg... | backup is cut or masked, as terminals, viewers and logs show long"
            + " texts",
        "<YOUR_BACKUP_DATA> | backup is a placeholder, as of a manual or a template",
        "AAAAAAAAAAAAAAAAAAAA | backup is one character repeated",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0. | backup is a JSON web token"
      })
  void aBackupInNoKnownFormIsInvalid(String content, String message) {
    outside.objects().put(Sample.BUCKET, Sample.KEY, content.getBytes(StandardCharsets.UTF_8));

    assertInvalid(answered(invokeSample()), message);
  }

  /** Each is of a form in which a backup could be. */
  @ParameterizedTest
  @CsvSource({
    "backupPassword, horse-battery-staple-77",
    "accessToken, EAAGm0PX4ZCpsBAKq7ZCnumberferrySampleToken",
    "appSecret, 9d1c3f5e7a8b2046913579bdf02468acxy"
  })
  void aValueOfTheNumbersOwnSecretIsNoBackup(String field, String value) {
    ObjectNode secret = (ObjectNode) parse(Sample.secret());
    outside.secrets().put(Sample.SECRET_ID, secret.put(field, value).toString());
    outside
        .objects()
        .put(Sample.BUCKET, Sample.KEY, (value + "\n").getBytes(StandardCharsets.UTF_8));
    String message = "backup is the " + field + " in secret whatsapp/106540352242922";

    assertInvalid(answered(invokeSample()), message);
    invoke(sampleWith("dryRun", true))
        .body("status", equalTo("NOT_READY"), "findings[0].problem", equalTo(message.substring(7)));
    assertThat(outside.topic().messages().toString()).doesNotContain(value);
  }

  @ParameterizedTest
  @CsvSource({
    "accessToken, the shared access token",
    "appSecret, the app secret of the shared access token"
  })
  void aValueOfTheSharedSecretIsNoBackupEither(String field, String place) {
    String value = "V0FCS1VQ-number-ferry-77";
    ObjectNode shared = JsonNodeFactory.instance.objectNode().put("accessToken", "EAAshared");
    onlySharedToken(shared.put(field, value).toString());
    outside.objects().put(Sample.BUCKET, Sample.KEY, value.getBytes(StandardCharsets.UTF_8));

    assertInvalid(answered(invokeSample()), "backup is " + place);
  }

  @ParameterizedTest
  @CsvSource({
    "phoneNumberId, 1065403522429221, 1065403522429221",
    "expectedNumber, +49 (151) 1234-5678-9012, +49151123456789012",
    "expectedNumber, +49 (151) 1234-5678-9012, 0049-151-1234-5678-9012"
  })
  void aNumberOfTheEventIsNoBackupEither(String field, String value, String data) {
    outside.secrets().put("whatsapp/1065403522429221", Sample.secret());
    ObjectNode event = sample();
    event.put("phoneNumberId", "1065403522429221").put(field, value);
    event.putObject("backup").put("data", data);

    assertInvalid(answered(invoke(event.toString())), "backup is the " + field + " of the event");
    invoke(event.put("dryRun", true).toString())
        .body(
            "status",
            equalTo("NOT_READY"),
            "findings.problem",
            hasItem("is the " + field + " of the event"));
  }

  @Test
  void anEncodedAnswerInTheEventIsNoBackupEither() {
    String encoded = Base64.getEncoder().encodeToString(Sample.backupFile());

    assertInvalid(
        answered(invoke(sampleWith("backup", Map.of("data", encoded)))),
        "backup is the backup's answer encoded once more, in base64, hexadecimal or as in a URL");
  }

  @Test
  void aNameFromOutsideIsCutBeforeItIsPublished() {
    String name = "x\t" + "y".repeat(40_000);

    assertInvalid(
        answered(invoke(sampleWith(name, true))),
        "x?" + "y".repeat(98) + "… in the event is not a known field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"half\ud83d/backup.json", "\ude00.json"})
  void aKeyWithHalfOfACharacterIsInvalid(String key) {
    assertInvalid(
        answered(
            invoke(escaped(sampleWith("backup", Map.of("bucket", Sample.BUCKET, "key", key))))),
        "backup.key is longer than 1024 bytes or has half of a character in it");
  }

  @Test
  void aKeyThatIsLongerThanInS3IsInvalid() {
    assertInvalid(
        answered(
            invoke(
                sampleWith("backup", Map.of("bucket", Sample.BUCKET, "key", "k".repeat(400_000))))),
        "backup.key is longer than 1024 bytes or has half of a character in it");
  }

  @Test
  void aPayloadThatIsNoJsonIsInvalidWithoutBeingQuoted() {
    ValidatableResponse answer =
        invoke("{\"phoneNumberId\": \"106540352242922\", \"backup\": {\"data\": " + Sample.BACKUP);

    assertInvalid(answered(answer), "the event is no JSON from line 1, column 57 on");
    assertThat(answer.extract().asString()).doesNotContain("V0FC");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | the event is empty",
        "` ` | the event is empty",
        "no JSON | the event is no JSON from line 1, column 1 on",
        "{} {} | the event is no JSON from line 1, column 4 on",
        "- | the event is no JSON from line 1, column 2 on",
        "\"{\\\"phoneNumberId\\\": 1}\" | the event is a text with JSON in it, and migrate takes a"
            + " migration event or a batch of them",
      })
  void aPayloadThatIsNoEventIsInvalidOnTheTopic(String event, String message) {
    assertInvalid(answered(invoke(event)), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"dryRun\": true, \"dryRun\": false | dryRun",
        "\"dryRun\": true, \"dryRun\": true | dryRun",
        "\"secretId\": \"whatsapp/a\", \"secretId\": null | secretId",
        "\"expectedNumber\": {\"key\": 1, \"key\": 2} | key",
      })
  void aFieldThatStandsTwiceIsInvalid(String fields, String name) {
    String event = Sample.event("direct.json").strip().replaceFirst("\\}$", ", " + fields + "}");

    assertInvalid(answered(invoke(event)), name + " in the event stands twice")
        .body("phoneNumberId", equalTo(Sample.NUMBER));
  }

  @Test
  void anIdThatStandsTwiceNamesNoNumber() {
    String event = "{\"phoneNumberId\": \"10654\", \"phoneNumberId\": \"10655\"}";

    assertInvalid(answered(invoke(event)), "phoneNumberId in the event stands twice")
        .body("$", not(hasKey("phoneNumberId")));
  }

  /** The object with a field changed, or without it. */
  private static String with(ObjectNode object, String field, String value) {
    object.remove(field);
    if (value != null) {
      object.set(field, parse(value));
    }
    return object.toString();
  }

  /** Half of a character cannot be sent, but JSON can write it. */
  private static String escaped(String json) {
    return json.replace("\uD83D", "\\uD83D").replace("\uDE00", "\\uDE00");
  }

  private ValidatableResponse assertInvalid(ValidatableResponse answer, String message) {
    assertNothingSent();
    return answer.body(
        "status", equalTo("INVALID"),
        "error.message", equalTo(message),
        "nextStep", endsWith("."));
  }
}
