package dev.numberferry.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.BackupSource;
import dev.numberferry.domain.InvalidInputException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupParserTest {

  private static final String DATA = "V0FCS1VQ+number/ferry==";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | is empty",
        "` \n` | is empty",
        "\"\" | is empty",
        "{\"settings\": {\"data\": \"\"}} | is empty",
        "`V0FCS1VQ+number\nV0FCS1VQ+number` | has line breaks or spaces inside",
        "`{\"data\": \"V0FCS1VQ+number\\nV0FCS1VQ+number\"}` | has line breaks or spaces inside",
        "V0FCS1VQ+number V0FCS1VQ | has line breaks or spaces inside",
        "V0FCS1VQ | is not the string that the backup call returned",
        "V0FCS1VQ+numbér/ferry== | is not the string that the backup call returned",
        "<Error>NoSuchKey</Error> | is XML, as errors of S3 are",
        "\"V0FCS1VQ+number/ferry== | begins or ends with a quote and is no JSON text, perhaps cut"
            + " off",
        "V0FCS1VQ+number/ferry==\" | begins or ends with a quote and is no JSON text, perhaps cut"
            + " off",
        "V0FCS1VQ+number/ferry==\", | begins or ends with a quote and is no JSON text, perhaps cut"
            + " off",
        "'V0FCS1VQ+number/ferry==' | begins or ends with a quote and is no JSON text, perhaps cut"
            + " off",
        "{\"error\": {\"code\": 100}} | is the error answer of a backup call that failed",
        "{\"settings\": {\"data\": 1}} | is JSON without settings.data",
        "{\"settings\": {}} | is JSON without settings.data",
        "{} | is JSON without settings.data",
        "[{\"data\":\"V0FCS1VQ+number/ferry==\"}] | is JSON without settings.data",
        "{\"errors\": [{\"code\": 1000}]} | is the error answer of a backup call that failed",
        "{\"settings\": {\"data\": \"V0FCS1VQ+num | is JSON that cannot be read, perhaps cut off",
      })
  void refusesWhatIsNoBackup(String content, String problem) {
    assertThatThrownBy(() -> BackupParser.read(content))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("backup " + problem)
        .hasMessageNotContaining("V0FC");
  }

  private static final String ANSWER = "{\"settings\": {\"data\": \"" + DATA + "\"}}";

  @ParameterizedTest
  @MethodSource
  void saysWhatItLooksLike(String problem, String content) {
    assertRefused(() -> BackupParser.read(content), problem);
    assertRefused(() -> BackupParser.read(content.getBytes(StandardCharsets.UTF_8)), problem);
  }

  static Stream<Arguments> saysWhatItLooksLike() {
    return Stream.of(
        known("an answer with its HTTP headers", "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n" + ANSWER),
        known("an answer with its HTTP headers", "HTTP/2 200 \ncontent-type: a/b\n\n" + ANSWER),
        known("an answer with its HTTP headers", "content-type: application/json\n\n" + ANSWER),
        known("an answer with its HTTP headers", "< HTTP/1.1 200 OK\n< \n" + ANSWER),
        known("an answer with a status code", ANSWER + "200"),
        known("an answer with a status code", ANSWER + "\n200\n"),
        known("an answer with a status code", ANSWER + "\nHTTP status: 201"),
        known("an answer with a status code", "\"" + DATA + "\"200"),
        known("no JSON: its quotes", ANSWER.replace("\"", "\\\"")),
        known("no JSON: its quotes", ANSWER.replace('"', '\'')),
        known("no JSON: its quotes", "{\n 'data': '" + DATA + "'}"),
        known("a data URL", "data:application/json;base64," + DATA),
        known("a data URL", "data:;base64," + base64(ANSWER)),
        known("a data URL", "{\"data\": \"data:text/plain," + DATA + "\"}"),
        known("framed in chunks", "4f;chunk-signature=" + "0a".repeat(32) + "\r\n" + ANSWER),
        known("framed in chunks", "4F\r\n" + ANSWER + "\r\n0\r\n\r\n"),
        known("framed in chunks", "400\r\n" + DATA + "\r\n0\r\nx-amz-checksum-crc32:AA==\r\n"),
        known(
            "a multipart form",
            "--x7\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n" + ANSWER + "\r\n--x7--"),
        known("a multipart form", "------WebKitForm\ncontent-type: a/b\n\n" + DATA),
        known("an HTML page", "<!DOCTYPE html><html><body>502</body></html>"),
        known("an HTML page", "<html>\n<head><title>Bad Gateway</title>"),
        known("XML", "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code></Error>"),
        known("XML", "<ListBucketResult/>"),
        known("in PEM or PGP armour", "-----BEGIN PGP MESSAGE-----\n\nhQEMA"),
        known("in PEM or PGP armour", "-----BEGIN CERTIFICATE-----\n" + base64(ANSWER)),
        known("the backup's answer encoded", base64(ANSWER)),
        known("the backup's answer encoded", base64("\uFEFF" + ANSWER + "\n")),
        known("the backup's answer encoded", base64("{\n  \"data\": \"" + DATA + "\"}")),
        known("the backup's answer encoded", base64(ANSWER).replaceAll(".{20}", "$0\r\n")),
        known("the backup's answer encoded", "{\"data\": \"" + base64(ANSWER) + "\"}"),
        known(
            "the backup's answer encoded",
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ANSWER.getBytes(StandardCharsets.UTF_16LE))),
        known(
            "the backup's answer encoded",
            HexFormat.of().formatHex(ANSWER.getBytes(StandardCharsets.UTF_8))),
        known("the backup's answer encoded", URLEncoder.encode(ANSWER, StandardCharsets.UTF_8)),
        known("the backup's answer inside", "b'" + ANSWER.replace(" ", "") + "'"),
        known("the backup's answer inside", "answer: " + ANSWER),
        known(
            "the backup's answer inside", "{\"data\": \"" + ANSWER.replace("\"", "\\\"") + "\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "has escapes | V0FCS1VQ\\\\/number\\\\/ferry==",
        "has escapes | V0FCS1VQ+number/ferry\\\\u003d\\\\u003d",
        "has escapes | V0FCS1VQ\\\\u002bnumber/ferry",
        "has escapes | V0FCS1VQ+number\\\\nV0FCS1VQ+number",
        "has escapes | V0FCS1VQ+number/ferry==\\\\r\\\\n",
        "has escapes | V0FCS1VQ+number/ferry%3D%3D",
        "has escapes | V0FCS1VQ\\\\x2bnumber/ferry==",
        "has escapes | V0FCS1VQ%u002Bnumber/ferry==",
        "has escapes | V0FCS1VQ%2Bnumber%2fferry",
        "has escapes | V0FCS1VQ%252Bnumber%252Fferry",
        "has escapes | V0FCS1VQ+number/ferry&#61;&#61;",
        "has escapes | V0FCS1VQ&#x2B;number&#x2f;ferry",
        "has escapes | V0FCS1VQ&plus;number&sol;ferry",
        "has escapes | V0FCS1VQ+number/ferry=3D=3D",
        "a name before it | data=V0FCS1VQ+number/ferry==",
        "a name before it | data:V0FCS1VQ+number/ferry==",
        "a name before it | settings.data:V0FCS1VQ+number/ferry==",
        "a name before it | settings[data]=V0FCS1VQ+number/ferry==",
        "a name before it | BACKUP_DATA=V0FCS1VQ+number/ferry==",
        "a name before it | $backup=V0FCS1VQ+number/ferry==",
        "a name before it | backupData:V0FCS1VQ+number/ferry==",
        "a name before it | data: V0FCS1VQ+number/ferry==",
        "a name before it | b64=V0FCS1VQ+number/ferry==",
        "a name before it | base64:V0FCS1VQ+number/ferry==",
        "a name before it | base64,V0FCS1VQ+number/ferry==",
        "a name before it | BACKUP_STRING_B64=V0FCS1VQ+number/ferry==",
        "a name before it | settings1.data=V0FCS1VQ+number/ferry==",
        "a name before it | --data-raw=V0FCS1VQ+number/ferry==",
        "a name before it | data->V0FCS1VQ+number/ferry==",
        "a name before it | export BACKUP=V0FCS1VQ+number/ferry==",
        "a mark behind it | V0FCS1VQ+number/ferry==%",
        "a mark behind it | V0FCS1VQ+number/ferry%",
        "a mark behind it | V0FCS1VQ+number/ferry==$",
        "a mark behind it | V0FCS1VQ+number/ferry==^M",
        "a mark behind it | V0FCS1VQ+number/ferry==\u23CE",
        "a mark behind it | V0FCS1VQ+number/ferry==\u21B5",
        "a mark behind it | V0FCS1VQ+number/ferry==me@host:~$",
        "a mark behind it | V0FCS1VQ+number/ferry==sh-4.2$",
        "a mark behind it | V0FCS1VQ+number/ferry==bash-5.1$",
        "a mark behind it | V0FCS1VQ+number/ferry==[ec2-user@ip-10-0-0-1~]$",
        "ends with a quote | V0FCS1VQ+number/ferry==\"}}",
        "ends with a quote | V0FCS1VQ+number/ferry\"}",
        "a mark behind it | V0FCS1VQ+number/ferry\\\\",
        "a mark behind it | V0FCS1VQ+number/ferry==,",
        "a mark behind it | V0FCS1VQ+number/ferry==;",
        "a mark behind it | V0FCS1VQ+number/ferry==(END)",
        "is cut or masked | V0FCS1VQ+number/ferry...",
        "is cut or masked | V0FCS1VQ+number/ferry…",
        "is cut or masked | ...V0FCS1VQ+number/ferry==",
        "is cut or masked | V0FCS1VQ...number/ferry==",
        "is cut or masked | V0FCS1VQ+number/ferry[truncated]",
        "is cut or masked | V0FCS1VQ+number/ferry...[4000]",
        "is cut or masked | truncated:V0FCS1VQ+number/ferry==",
        "is cut or masked | V0FCS1VQ+number<snip>V0FCS1VQ",
        "is cut or masked | V0FCS1VQ+number/ferry--More--",
        "is cut or masked | V0FCS1VQ********V0FCS1VQ",
        "is cut or masked | V0FCS1VQ[REDACTED]",
        "a placeholder | <BACKUP_DATA_STRING>",
        "a placeholder | <the backup string>",
        "a placeholder | {{backup_data_string}}",
        "a placeholder | {backup-data-string}",
        "a placeholder | ${BACKUP_DATA_STRING}",
        "a placeholder | $BACKUP_DATA_STRING",
        "a placeholder | %BACKUP_DATA_STRING%",
        "a placeholder | [BACKUP_DATA_STRING]",
        "a placeholder | __BACKUP_DATA_STRING__",
        "a placeholder | [[BACKUP_DATA_STRING]]",
        "a placeholder | @@BACKUP_DATA@@",
        "a placeholder | #{backup.data}",
        "a placeholder | @{BACKUP_DATA}",
        "a placeholder | $env:BACKUP_DATA",
        "a placeholder | $backupDataString",
        "a placeholder | xxxxxxxxXXXXXXXX",
        "a placeholder | undefinedundefined",
        "a placeholder | YOUR_BACKUP_DATA_STRING",
        "a placeholder | your-backup-data-here",
        "a placeholder | encrypted_backup_data_string",
        "a placeholder | paste-the-string-here",
        "a placeholder | yourBackupDataHere",
        "a placeholder | xxxx-xxxx-xxxx-xxxx",
        "one character repeated | xxxxxxxxxxxxxxxx",
        "one character repeated | 0000000000000000",
        "one character repeated | AAAAAAAAAAAAAAAAAAAA==",
        "one character repeated | ****************",
        "a JSON web token | eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dGhlc2lnbmF0dXJl",
        "a JSON web token | eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
        "a JSON web token | eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVydGV4dA.dGFn",
        "where it is stored | s3://number-ferry-backups/106540352242922/backup.json",
        "where it is stored | https://example.com/backup?X-Amz-Signature=V0FC",
        "where it is stored | arn:aws:s3:::number-ferry-backups/backup",
        "where it is stored | @106540352242922/backup.json",
        "has escapes | V0FCS1VQ+number/ferry\\\\075\\\\075",
        "has escapes | V0FCS1VQ+number/ferry\\\\75\\\\75",
        "has escapes | V0FCS1VQ\\\\053number/ferry==",
        "has escapes | V0FCS1VQ+number/ferry\\\\=\\\\=",
        "has escapes | V0FCS1VQ\\\\+number\\\\/ferry==",
        "a name before it | password=V0FCS1VQ+number/ferry==",
        "a name before it | token=V0FCS1VQ+number/ferry==",
        "a name before it | backup1=V0FCS1VQ+number/ferry==",
        "a name before it | SETTINGS_DATA_2=V0FCS1VQ+number/ferry==",
        "a name before it | wa_bk=V0FCS1VQ+number/ferry==",
        "a name before it | setting=V0FCS1VQ+number/ferry==",
        "a name before it | backupData2=V0FCS1VQ+number/ferry==",
        "a name before it | WaBackup=V0FCS1VQ+number/ferry==",
        "a name before it | x-backup=V0FCS1VQ+number/ferry==",
        "a name before it | spring.backup.v2=V0FCS1VQ+number/ferry==",
        "a name before it | wa_bk=V0FCS1VQ+number/ferry",
        "a name before it | binary:V0FCS1VQ+number/ferry==",
        "a name before it | data\":\"V0FCS1VQ+number/ferry==",
        "a name before it | data':'V0FCS1VQ+number/ferry=='",
        "a name before it | wa_bk\":\"V0FCS1VQ+number/ferry==\"}",
        "another field behind it | V0FCS1VQ+number/ferry==&password=abc",
        "another field behind it | V0FCS1VQ+number/ferry%3d%3d&meta=1",
        "another field behind it | V0FCS1VQ+number/ferry&backup_password=a%20b&pin=1",
        "a mark behind it | V0FCS1VQ+number/ferry==C:\\\\Users\\\\me>",
        "a mark behind it | V0FCS1VQ+number/ferryC:\\\\Users\\\\me>",
        "a mark behind it | V0FCS1VQ+number/ferry==~$",
        "a mark behind it | V0FCS1VQ+number/ferry~$",
        "a mark behind it | V0FCS1VQ+number/ferry==/app#",
        "a mark behind it | V0FCS1VQ+number/ferry==~/ferry%",
        "ends with a quote | b'V0FCS1VQ+number/ferry=='",
        "ends with a quote | u'V0FCS1VQ+number/ferry=='",
        "ends with a quote | b\"V0FCS1VQ+number/ferry==\"",
        "ends with a quote | V0FCS1VQ+number/ferry=='",
        "ends with a quote | 'V0FCS1VQ+number/ferry==",
        "ends with a quote | b'V0FCS1VQ+number/ferry",
        "is encrypted | ENC[AES256_GCM,data:V0FCS1VQ,iv:bnVtYmVy,tag:ZmVycnk=,type:str]",
        "is encrypted | ENC(V0FCS1VQ+number/ferry==)",
        "a placeholder | CHANGE_ME_CHANGE_ME",
        "a placeholder | to_be_filled_in_later",
        "a placeholder | insert-backup-base64",
        "a placeholder | not-yet-known-for-sure",
        "a placeholder | %%BACKUP_DATA_STRING%%",
        "a placeholder | ${{secrets.BACKUP_DATA}}",
        "a placeholder | System.Byte[]System.Byte[]",
        "a placeholder | System.Collections.Hashtable",
        "where it is stored | backups/106540352242922",
        "where it is stored | /var/backups/whatsapp-number",
        "where it is stored | ./backups/2026/106540352242922",
        "where it is stored | C:\\\\Backups\\\\106540352242922",
        "where it is stored | ~/whatsapp/backups/one"
      })
  void aTextThatCertainlyIsNoBackupIsNamed(String problem, String text) {
    String content = text.replace("\\\\", "\\");

    assertRefused(() -> BackupParser.read(content), problem);
    assertRefused(
        () -> BackupParser.read((content + "\n").getBytes(StandardCharsets.UTF_8)), problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"`%s`", "`%s", "%s`", "b`%s"})
  void aTextInBackticksIsNoBackup(String form) {
    assertRefused(() -> BackupParser.read(form.formatted(DATA)), "begins or ends with a quote");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 200, 400})
  void anAccessTokenIsNoBackup(int letters) {
    String token = "EAA" + "Gm0PX4ZCpsBAK7qZ".repeat(25).substring(0, letters);

    assertRefused(() -> BackupParser.read(token), "is an access token");
    assertRefused(() -> BackupParser.read("Bearer" + token), "is an access token");
    assertRefused(() -> BackupParser.read("{\"data\": \"" + token + "\"}"), "is an access token");
    assertThat(BackupParser.read(token + "+").value()).isEqualTo(token + "+");
  }

  @ParameterizedTest
  @ValueSource(ints = {59, 401, 4_000})
  void aTextThatOnlyBeginsAsAnAccessTokenIsABackup(int letters) {
    String text = "EAA" + "Gm0PX4ZCpsBAK7qZ".repeat(250).substring(0, letters);

    assertThat(BackupParser.read(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s%%", "%s...", "data=%s", "xxxx%sxxxx...", "%s==,"})
  void whatIsNoBackupIsNoneInsideOfTheAnswerEither(String form) {
    String data = form.formatted("V0FCS1VQ+number/ferry");

    assertThatThrownBy(() -> BackupParser.read("{\"settings\": {\"data\": \"" + data + "\"}}"))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aTextOfMegabytesIsLookedThroughAsWell() {
    assertRefused(() -> BackupParser.read("%2B".repeat(1_600_000)), "has escapes");
    assertRefused(() -> BackupParser.read("V0FC\\/".repeat(800_000)), "has escapes");
    assertRefused(() -> BackupParser.read("V0FC...".repeat(700_000)), "is cut");
    assertRefused(() -> BackupParser.read("x".repeat(5_000_000)), "is one character repeated");
    for (String large :
        List.of(
            "x-".repeat(100_000) + "x",
            "x-".repeat(2_500_000) + "x",
            "$" + "A_".repeat(100_000) + "A",
            "$" + "a_".repeat(2_500_000) + "a")) {
      assertThat(BackupParser.read(large).value()).isEqualTo(large);
    }
    assertRefused(() -> BackupParser.read("wa_bk=" + "V0FC".repeat(1_200_000)), "has a name");
    assertRefused(() -> BackupParser.read("V0FC".repeat(1_200_000) + "&pin=1"), "another field");
    assertRefused(() -> BackupParser.read("V0FC\\053".repeat(600_000)), "has escapes");
    for (String odd :
        List.of(
            "[",
            "a.b-",
            "\\a",
            "%",
            "data",
            "x_y",
            "&a;",
            "V0FC(",
            "Ab",
            "a/",
            "a-b/",
            "System.A",
            "ab_cd-",
            "&a=",
            "ab=",
            "'")) {
      String large = "W" + odd.repeat(4_000_000 / odd.length());

      assertThat(BackupParser.read(large).value()).isEqualTo(large);
    }
  }

  @Test
  void theAnswersOwnEscapesAreUndone() {
    assertThat(
            BackupParser.read("{\"data\": \"V0FCS1VQ\\u002bnumber\\/ferry\\u003d\\u003d\"}")
                .value())
        .isEqualTo(DATA);
    assertThat(BackupParser.read("\"V0FCS1VQ+number\\/ferry==\"").value()).isEqualTo(DATA);
  }

  /**
   * The alphabets in which texts are written that stand for bytes, in the order of their digits.
   */
  private static final List<String> ALPHABETS =
      List.of(
          "0123456789",
          "0123456789abcdef",
          "0123456789ABCDEF",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
          "0123456789abcdefghijklmnopqrstuvwxyz",
          "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
          "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#",
          "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstu");

  static Stream<String> aPlausibleBackupIsTaken() {
    Random random = new Random(1);
    return ALPHABETS.stream()
        .flatMap(
            alphabet ->
                Stream.of(17, 50, 300, 5_000, 1_000_000)
                    // What begins so is XML, JSON or a quote, and was none before.
                    .map(
                        size ->
                            "W"
                                + random
                                    .ints(size, 0, alphabet.length())
                                    .mapToObj(alphabet::charAt)
                                    .map(String::valueOf)
                                    .collect(Collectors.joining())));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource
  void aPlausibleBackupIsTaken(String backup) {
    assertThat(BackupParser.read(backup).value()).isEqualTo(backup);
    assertThat(BackupParser.read(backup + "\n").value()).isEqualTo(backup);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "V0FCS1VQ+number/ferry=",
        "QUJDQUJDQUJDdata==",
        "QUJDQUJDQUJDb64==",
        "V0FCS1VQ#{number}/ferry",
        "V0FC$env:S1VQ_number_ferry",
        "WABK:v1:V0FCS1VQ+number/ferry==",
        "$wabk$v=2$V0FCS1VQ+number/ferry",
        "eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiIxIn0",
        "V0FC.S1VQ.number.ferry",
        "database-V0FCS1VQ-number-77",
        "AAAAAAAAAAAAAAAAAAAAAB==",
        "abababababababab",
        "<~87cURD_*#4DfTZ)~>V0FC",
        "V0FC%S1VQ+number/ferry",
        "V0FC&S1VQ;number/ferry",
        "V0FC\\S1VQ+number/ferry",
        "V0FCS1VQ+number/ferry=V0FCS1VQ+number/ferry==",
        "bXkgYmFja3VwcyBvbmU=bXkgYmFja3VwcyB0d28=",
        "bXkgYmFja3VwcyBvbg==bXkgYmFja3VwcyB0d28=",
        "9f86d081884c7d65:9a2feaa0c55ad015:a3bf4f1b2b0b822c",
        "v1.bnVtYmVy.ZmVycnkx.d2hhdHNhcHA",
        "WABK.v2.bnVtYmVyZmVycnk",
        "salt:bnVtYmVyZmVycnkx",
        "aes-256-gcm:bnVtYmVy:ZmVycnkx",
        "bnVtYmVy-ZmVycnkx_d2hhdHNhcHA-",
        "k3h9-x7qz-p2mm-44wd-t8ra",
        "550e8400-e29b-41d4-a716-446655440000",
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA",
        "bnVt/YmVy/ZmVycnkx/d2hhdA",
        "bnVtYmVyZmVycnkx/abc/def/ghi",
        "U2FsdGVkX19udW1iZXJmZXJyeQ==",
        "ENCbnVtYmVyZmVycnkx",
        "bnVtYmVyZmVycnkx&x",
        "bnVtYmVy&YmVy=ZmVycnkx",
        "bnVtYmVy'ZmVycnkx",
        "b'VtYmVyZ!mVycnkx",
        "bnVtYmVyZmVycnkx~d2hhdA",
        "N{umber}f%erry[1]^2!*?&<>()",
        "bnVtYmVy\\ZmVycnkx",
        "Bearer8ZmVycnkxd2hhdHNhcHA",
        "dataV0FCS1VQnumberferry",
        "QmFja3Vw_of.the-number~1"
      })
  void whatOnlyLooksOddIsABackup(String backup) {
    String first = backup.startsWith("<") ? "W" + backup : backup;

    assertThat(BackupParser.read(first).value()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 40, 56, 64, 96, 128})
  void aBareHashIsNoBackup(int digits) {
    String hash = "0123456789abcdef".repeat(8).substring(0, digits);

    for (String form :
        List.of(
            "%s",
            "%s\n",
            "\"%s\"",
            "{\"data\": \"%s\"}",
            "%s  backup.json",
            "%s *backup.json",
            "MD5 (backup.json) = %s",
            "sha256:%s")) {
      assertRefused(() -> BackupParser.read(form.formatted(hash)), "is a bare hash");
      assertRefused(
          () -> BackupParser.read(form.formatted(hash.toUpperCase(Locale.ROOT))), "is a bare hash");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a gzip file, 1f8b080000000000",
    "a zip file, 504b030414000000",
    "a bzip2 file, 425a6839314159265359",
    "an xz file, fd377a585a000004",
    "a zstd file, 28b52ffd0458",
    "a 7z file, 377abcaf271c0004",
    "a file that openssl has encrypted, 53616c7465645f5f00",
    "a PDF file, 255044462d312e37",
    "a rich text file, 7b5c727466315c616e7369",
    "an image, 89504e470d0a1a0a"
  })
  void aFileThatIsNoTextIsNamed(String words, String start) {
    byte[] file = HexFormat.of().parseHex(start);

    assertRefused(() -> BackupParser.read(file), "is " + words);
    assertRefused(() -> BackupParser.read(Arrays.copyOf(file, 5_000)), "is " + words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123456789abcdef0123456789abcdefg",
        "0123456789abcdef0123456789abcde",
        "QkFDS1VQLW9mLWEtbnVtYmVy",
        "eyJub3QiOiAidGhlIGFuc3dlciJ9",
        "eyJzZXR0aW5ncyI6IHt9fQ==xxxx",
        "H4sIAAAAAAAAA0vOzysBAA==",
        "ZGF0YTphcHBsaWNhdGlvbg==",
        "7b227365747469",
        "BZh9AAAAAAAAAAAA",
        "PKAAAAAAAAAAAAAA"
      })
  void aStringIsNotRefusedForWhatItDecodesTo(String data) {
    assertThat(BackupParser.read(data.repeat(2)).value()).isEqualTo(data.repeat(2));
    assertThat(BackupParser.read("{\"data\": \"" + data + data + "\"}").value())
        .isEqualTo(data + data);
  }

  private static Arguments known(String words, String content) {
    return Arguments.of(words, content);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(ThrowingCallable reading, String problem) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            InvalidInputException.class, it -> assertThat(it.cure()).endsWith("."))
        .hasMessageContaining(problem)
        .hasMessageNotContaining("V0FC")
        .hasMessageNotContaining("eyJ");
  }

  @ParameterizedTest
  @MethodSource
  void readsEveryFormInWhichOperatorsKeepOne(byte[] file) {
    assertThat(BackupParser.read(file).value()).isEqualTo(DATA);
  }

  static Stream<byte[]> readsEveryFormInWhichOperatorsKeepOne() {
    return Stream.of(
            "{\"settings\": {\"data\": \"%s\"}, \"meta\": {\"api_status\": \"stable\"}}",
            "{\"settings\": {\"data\": \"%s\"}}\n",
            "{\"settings\": {\"data\": \"%s\"}, \"errors\": []}",
            "{\"data\": \"%s\"}",
            "%s",
            "%s\r\n",
            "\n\t%s \n",
            "\"%s\"",
            "\"%s\"\n",
            "\uFEFF%s",
            "\uFEFF{\"settings\": {\"data\": \"%s\"}}",
            "\u00EF\u00BB\u00BF{\"data\": \"%s\"}",
            "\n%s\u0000")
        .map(form -> form.formatted(DATA))
        .flatMap(
            text ->
                Stream.of(
                    text.getBytes(StandardCharsets.UTF_8),
                    text.getBytes(StandardCharsets.UTF_16LE),
                    ("\uFEFF" + text.replace("\uFEFF", "")).getBytes(StandardCharsets.UTF_16LE),
                    ("\uFEFF" + text.replace("\uFEFF", "")).getBytes(StandardCharsets.UTF_16BE)));
  }

  /** As a tree 1.8 MB of small objects take some 50 MB, and the binary's heap has 52. */
  @Test
  void theRestOfAFileBecomesNoTree() {
    String other = "[" + "{\"a\":1},".repeat(225_000) + "{}]";
    String file = "{\"meta\":%s,\"data\":\"%s\",\"errors\":[]}".formatted(other, DATA);

    assertThat(allocated(() -> assertRefused(() -> BackupParser.read(other), "without settings")))
        .isLessThan(25_000_000);
    assertThat(allocated(() -> assertThat(BackupParser.read(file).value()).isEqualTo(DATA)))
        .isLessThan(25_000_000);
  }

  private static long allocated(Runnable work) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\": \"%1$s\", \"data\": \"%1$s\"}",
        "{\"data\": \"%1$s\", \"data\": null}",
        "{\"settings\": {\"data\": \"%1$s\", \"data\": \"%1$s\"}}",
        "{\"settings\": {\"data\": \"%1$s\"}, \"settings\": {}}",
        "{\"settings\": {\"data\": \"%1$s\"}} {}",
        "{\"settings\": {\"data\": \"%1$s\"}",
        "{\"settings\": {\"data\": \"%1$s\"}, }"
      })
  void whatCanBeReadInTwoWaysIsNoBackup(String form) {
    assertRefused(() -> BackupParser.read(form.formatted(DATA)), "is JSON that cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"settings\": {\"data\": 1}, \"data\": \"%s\"}",
        "{\"settings\": {\"settings\": {\"data\": \"%s\"}}}",
        "{\"settings\": [{\"data\": \"%s\"}]}",
        "{\"meta\": {\"data\": \"%s\"}}",
        "{\"settings.data\": \"%s\"}",
        "[\"%s\"]",
        "{\"Data\": \"%s\"}"
      })
  void whatIsElsewhereInAFileIsNoBackup(String form) {
    assertRefused(() -> BackupParser.read(form.formatted(DATA)), "is JSON without settings.data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"settings\": 1, \"data\": \"%s\"}",
        "{\"data\": 1, \"settings\": {\"data\": \"%s\"}}",
        "{\"settings\": {\"data\": \"%s\", \"more\": {\"data\": 1}}, \"meta\": {\"data\": 1}}"
      })
  void whatIsBesideABackupChangesNothing(String form) {
    assertThat(BackupParser.read(form.formatted(DATA)).value()).isEqualTo(DATA);
  }

  @Test
  void changesNothingInsideTheString() {
    String odd = "!#$%&'()*+,-./:;=>?@[]^_`|}~\\u0041\\/";

    assertThat(BackupParser.read(odd).value()).isEqualTo(odd);
  }

  @Test
  void doesNotTakeAStringThatOnlyBeginsLikeJsonForJson() {
    assertThat(BackupParser.read("[V0FCS1VQ+number/ferry").value())
        .isEqualTo("[V0FCS1VQ+number/ferry");
  }

  @Test
  void isMaskedWhenPrinted() {
    assertThat(BackupParser.read(DATA)).hasToString("***");
    assertThat(new BackupSource.InlineBackup(DATA)).hasToString("***");
  }
}
