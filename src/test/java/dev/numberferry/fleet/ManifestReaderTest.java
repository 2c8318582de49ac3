package dev.numberferry.fleet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.InvalidInputException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {

  private static final String ONE = "106540352242922";
  private static final String OTHER = "206540352242922";
  private static final String HEADER = "phoneNumberId,backupKey,expectedNumber,secretId\n";

  private final ManifestReader reader = reader(Map.of());

  @Test
  void aRowIsAMigrationEventWithoutWhatItDoesNotGive() {
    List<Row> rows =
        read(
            HEADER
                + "%s,%s/backup.json,+1 555-123-4567,whatsapp/of-many\n".formatted(ONE, ONE)
                + "%s,b.json,,\n".formatted(OTHER));

    assertThat(rows).extracting(Row::row).containsExactly(2, 3);
    assertThat(rows.get(0).event("backups", true))
        .hasToString(
            "{\"phoneNumberId\":\"106540352242922\",\"backup\":{\"bucket\":\"backups\",\"key\":"
                + "\"106540352242922/backup.json\"},\"secretId\":\"whatsapp/of-many\","
                + "\"expectedNumber\":\"+1 555-123-4567\",\"dryRun\":true}");
    assertThat(rows.get(1).event("backups", false))
        .hasToString(
            "{\"phoneNumberId\":\"206540352242922\",\"backup\":{\"bucket\":\"backups\",\"key\":"
                + "\"b.json\"}}");
  }

  /** As Excel, LibreOffice, Numbers and editors save one and the same sheet. */
  @ParameterizedTest
  @MethodSource("forms")
  void oneSheetInManyForms(String form, byte[] file) {
    assertThat(reader.read(file))
        .as(form)
        .extracting(
            it -> it.number() + " " + it.backupKey() + " " + it.expectedNumber().orElse("-"))
        .containsExactly(ONE + " in/Fähre, 1.json +15551234567", OTHER + " in/b;2.json -");
  }

  static Stream<Arguments> forms() {
    String plain =
        """
        phoneNumberId,backupKey,expectedNumber
        106540352242922,"in/Fähre, 1.json",+15551234567
        206540352242922,in/b;2.json,
        """;
    String semicolons =
        """
        phoneNumberId;backupKey;expectedNumber
        106540352242922;in/Fähre, 1.json;+15551234567
        206540352242922;"in/b;2.json";
        """;
    String tabs =
        "phoneNumberId\tbackupKey\texpectedNumber\n"
            + "106540352242922\tin/Fähre, 1.json\t+15551234567\n206540352242922\tin/b;2.json\t\n";
    return Stream.of(
        Arguments.of("commas", plain.getBytes(UTF_8)),
        Arguments.of("semicolons", semicolons.getBytes(UTF_8)),
        Arguments.of("tabs", tabs.getBytes(UTF_8)),
        Arguments.of("a byte order mark", ("\uFEFF" + plain).getBytes(UTF_8)),
        Arguments.of("CRLF", plain.replace("\n", "\r\n").getBytes(UTF_8)),
        Arguments.of("CR", plain.replace("\n", "\r").getBytes(UTF_8)),
        Arguments.of(
            "no last line end", plain.strip().concat(",").replace(",,", ",").getBytes(UTF_8)),
        Arguments.of("UTF-16 with a mark", tabs.getBytes(UTF_16)),
        Arguments.of("UTF-16LE with a mark", ("\uFEFF" + tabs).getBytes(UTF_16LE)),
        Arguments.of("UTF-16LE without a mark", tabs.getBytes(UTF_16LE)),
        Arguments.of("UTF-16BE without a mark", semicolons.getBytes(UTF_16BE)),
        Arguments.of("Excel's own line", ("sep=;\r\n" + semicolons).getBytes(UTF_8)),
        Arguments.of("the same in quotes", ("\uFEFF\"sep=;\"\n" + semicolons).getBytes(UTF_8)),
        Arguments.of("empty lines at the end", (plain + "\n,,\n\n  \n").getBytes(UTF_8)),
        Arguments.of("an empty line in between", plain.replace("\n2", "\n\n2").getBytes(UTF_8)),
        Arguments.of(
            "trailing separators",
            semicolons.replaceAll("(?m)$", ";;").replaceAll(";;$", "").getBytes(UTF_8)),
        Arguments.of(
            "trailing separators in the header alone",
            semicolons.replaceAll("(?m)^(phone.*)$", "$1;;;").getBytes(UTF_8)),
        Arguments.of(
            "Excel's own line with a bar", ("sep=|\r\n" + tabs.replace('\t', '|')).getBytes(UTF_8)),
        Arguments.of("the same with a tab", ("sep=\t\n" + tabs).getBytes(UTF_8)),
        Arguments.of(
            "more trailing separators than the header has",
            semicolons.replaceAll("(?m)^([12].*)$", "$1;;;").getBytes(UTF_8)),
        Arguments.of(
            "a header as people write it",
            plain
                .replace("phoneNumberId,backupKey", " Phone Number ID ,BACKUP_KEY")
                .getBytes(UTF_8)),
        Arguments.of(
            "all in quotes",
            semicolons
                .replaceAll("\"", "")
                .replaceAll("(?m)^([^;]+);(.*);([^;]*)$", "\"$1\";\"$2\";\"$3\"")
                .getBytes(UTF_8)),
        Arguments.of(
            "spaces that nobody sees",
            plain
                .replace(ONE, "\u00A0" + ONE + " ")
                .replace(OTHER, "\u200B" + OTHER + "\u00A0")
                .getBytes(UTF_8)),
        Arguments.of(
            "a line break at the end of a cell",
            plain.replace("Fähre, 1.json", "Fähre, 1.json\n").getBytes(UTF_8)));
  }

  @Test
  void rowsAreCountedAsASpreadsheetDoes() {
    List<Row> rows =
        read("sep=,\nphoneNumberId,backupKey\n\n" + ONE + ",\"a\n\"\n" + OTHER + ",b\n");

    assertThat(rows).extracting(Row::row).containsExactly(3, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "'' | the manifest is empty",
        "' \n,,\n' | the manifest is empty",
        "'phoneNumberId,backupKey\n' | the manifest has no row but its header",
        "'106540352242922,a.json\n' | the manifest has no header",
        "'number,key\n1,2\n' | the manifest has no header",
        "'phoneNumberId,backupKey,pin\n1,2,3\n' | column pin is not known",
        "'phoneNumberId,backupKey,Phone Number ID\n1,2,3\n' | column phoneNumberId stands twice",
        "'phoneNumberId\n106540352242922\n' | column backupKey is missing",
        "'phoneNumberId|backupKey\n1|2\n' | the manifest has no header",
        "'backupKey,secretId\na,b\n' | column phoneNumberId is missing",
        "'phoneNumberId,backupKey\n"
            + "106540352242922\n"
            + "' | row 2: the row has 1 cells, and the header 2",
        "'phoneNumberId,backupKey\n106540352242922,a,b\n' | row 2: the row has 3 cells, and the",
        "'phoneNumberId,backupKey,\n"
            + "106540352242922,a,b\n"
            + "' | row 2: the row has a cell under no name",
        "'phoneNumberId,backupKey\n,a\n' | row 2: phoneNumberId is missing",
        "'phoneNumberId,backupKey\n106540352242922,\n' | row 2: backupKey is missing",
        "'phoneNumberId,backupKey\n"
            + "1.06540352242922E+14,a\n"
            + "' | row 2: phoneNumberId was written anew",
        "'phoneNumberId;backupKey\n"
            + "1,06540352242922E+14;a\n"
            + "' | row 2: phoneNumberId was written anew",
        "'phoneNumberId,backupKey\n1E+14,a\n' | row 2: phoneNumberId was written anew",
        "'phoneNumberId,backupKey\n106540352242922.0,a\n' | row 2: phoneNumberId was written anew",
        "'phoneNumberId;backupKey\n"
            + "106.540.352.242.922;a\n"
            + "' | row 2: phoneNumberId was written anew",
        "'phoneNumberId;backupKey\n"
            + "106 540 352 242 922;a\n"
            + "' | row 2: phoneNumberId was written anew",
        "'phoneNumberId,backupKey\n"
            + "''106540352242922,a\n"
            + "' | row 2: phoneNumberId begins with an apost",
        "'phoneNumberId,backupKey\n06540352242922,a\n' | row 2: phoneNumberId begins with a zero",
        "'phoneNumberId,backupKey\n+1555,a\n' | row 2: phoneNumberId is not 5 to 20 digits",
        "'phoneNumberId,backupKey\n"
            + "106540352242922,\"a\n"
            + "b\"\n"
            + "' | row 2: backupKey has a character in it",
        "'phoneNumberId,backupKey\n106540352242922,s3://b/a\n' | row 2: backupKey is no key",
        "'phoneNumberId,backupKey\n106540352242922,/a\n' | row 2: backupKey is no key",
        "'phoneNumberId,backupKey\n106540352242922,\"a\"b\n' | row 2 of the manifest has a quote",
        "'phoneNumberId,backupKey,expectedNumber\n"
            + "106540352242922,a,1.55512E+10\n"
            + "' | row 2: expectedNu",
        "'phoneNumberId,backupKey,expectedNumber\n"
            + "106540352242922,a,''+15551\n"
            + "' | row 2: expectedNumber",
        "'phoneNumberId,backupKey,expectedNumber\n"
            + "106540352242922,a,Kai\n"
            + "' | row 2: expectedNumber has",
        "'phoneNumberId,backupKey,secretId\n"
            + "106540352242922,a,other/1\n"
            + "' | row 2: secretId does not",
        "'phoneNumberId,backupKey,secretId\n"
            + "106540352242922,a,whatsapp/ü\n"
            + "' | row 2: secretId has a",
        "'sep=:\nphoneNumberId:backupKey\n106540352242922:a\n' | line 1 of the manifest has a",
        "'sep=p\nphoneNumberId,backupKey\n106540352242922,a\n' | line 1 of the manifest has a",
        "'\"sep=;;\"\nphoneNumberId;backupKey\n106540352242922;a\n' | line 1 of the manifest has a",
        "'sep=\nphoneNumberId,backupKey\n106540352242922,a\n' | line 1 of the manifest has a",
        "'phoneNumberId,backupKey,,\n106540352242922,a,b\n' | row 2: the row has a cell under no",
        "'phoneNumberId,backupKey,,\n106540352242922\n' | row 2: the row has 1 cells, and the",
        "'phoneNumberId,backupKey\n106540352242922,a\0\n' | the manifest was written in another"
      })
  void whatIsWrongIsSaidWithItsRow(String file, String problem) {
    assertThat(problems(file == null ? "" : file)).first().asString().startsWith(problem);
  }

  /** The second half of the list stands in the quotes that nobody has closed. */
  @Test
  void aQuoteThatIsNotClosedSwallowsNoRow() {
    assertThat(problems("phoneNumberId,backupKey\n" + ONE + ",\"a\n" + OTHER + ",b\n"))
        .containsExactly("row 2: backupKey has a character in it that nobody sees");
  }

  @Test
  void whatIsNoTextIsRefused() {
    byte[] latin1 = (HEADER + ONE + ",Fähre.json,,\n").getBytes(ISO_8859_1);

    assertThat(refusal(latin1).findings().get(0).problem()).isEqualTo("is no text in UTF-8");
    assertThat(refusal(new byte[] {'p', 0, 'h'}).findings().get(0).problem())
        .isEqualTo("is no text in UTF-8");
  }

  @Test
  void numbersAndBackupsStandOnce() {
    assertThat(problems("phoneNumberId,backupKey\n%1$s,a\n%1$s,b\n%2$s,a\n".formatted(ONE, OTHER)))
        .containsExactly(
            "row 3: phoneNumberId stands in row 2 as well",
            "row 4: backupKey stands in row 2 as well");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%s/backup.json", "in/%s.json", "in/%s-2026-11-22.json", "102290/%s.json"})
  void aKeyOfAnotherRowIsAShiftedColumn(String key) {
    assertThat(
            problems(
                "phoneNumberId,backupKey\n%s,%s\n%s,%s\n"
                    .formatted(ONE, key.formatted(OTHER), OTHER, key.formatted("30654035224292"))))
        .containsExactly("row 2: backupKey has the id of row 3 in it");
  }

  @Test
  void aSecretOfAnotherRowIsAShiftedColumn() {
    assertThat(
            problems(
                "phoneNumberId,backupKey,secretId\n%s,a,whatsapp/%s\n%s,b,\n"
                    .formatted(ONE, OTHER, OTHER)))
        .containsExactly("row 2: secretId has the id of row 3 in it");
  }

  /** One that has an id as a part of a longer number in it has none. */
  @Test
  void anIdThatIsPartOfALongerNumberIsNone() {
    assertThat(read("phoneNumberId,backupKey\n%s,a%s0.json\n%s,b\n".formatted(ONE, OTHER, OTHER)))
        .hasSize(2);
  }

  @Test
  void backupsAndSecretsAreWhereTheFunctionsMayReadThem() {
    ManifestReader strict =
        reader(Map.of("ferry.backup-prefix", "done/", "ferry.secret-id", "wa/{phoneNumberId}"));
    byte[] file =
        "phoneNumberId,backupKey,secretId\n%s,in/a,whatsapp/many\n".formatted(ONE).getBytes(UTF_8);

    assertThat(
            catchThrowableOfType(InvalidInputException.class, () -> strict.read(file)).findings())
        .extracting(Finding::problem)
        .containsExactlyInAnyOrder("does not begin with done/", "does not begin with wa/");
  }

  /** A report is asked for after the stack's prefixes were changed. */
  @Test
  void oneThatWasReadBeforeIsReadUnderOtherPrefixesToo() {
    byte[] file =
        "phoneNumberId,backupKey,secretId\n%s,in/a,whatsapp/many\n".formatted(ONE).getBytes(UTF_8);
    reader.read(file);

    assertThat(
            reader(Map.of("ferry.backup-prefix", "done/", "ferry.secret-id", "wa/{phoneNumberId}"))
                .readAgain(file))
        .hasSize(1);
  }

  @Test
  void twentyProblemsAreToldAndHowManyMoreThereAre() {
    String rows =
        IntStream.range(0, 25).mapToObj(i -> "1E+14,k" + i + "\n").collect(Collectors.joining());

    assertThat(problems("phoneNumberId,backupKey\n" + rows))
        .hasSize(21)
        .startsWith("row 2: phoneNumberId was written anew as a number by a spreadsheet")
        .endsWith("the manifest has 5 more problems");
  }

  @Test
  void ofAHeaderTooTwentyProblemsAreTold() {
    String unknown =
        IntStream.range(0, 26)
            .mapToObj(i -> ",not" + (char) ('a' + i))
            .collect(Collectors.joining());

    assertThat(problems("phoneNumberId,backupKey" + unknown + "\n" + ONE + ",a\n"))
        .hasSize(21)
        .startsWith("column nota is not known")
        .endsWith("the manifest has 6 more problems");
  }

  @Test
  void aRowWithCellsWithoutEndIsNotRead() {
    assertThat(problems("phoneNumberId,backupKey\n" + ONE + ",".repeat(20_000) + "\n"))
        .singleElement()
        .asString()
        .startsWith("row 2 of the manifest has a quote that does not end where its cell does, or")
        .endsWith("too many cells");
  }

  @Test
  void problemsStandInTheOrderOfTheirRows() {
    assertThat(problems("phoneNumberId,backupKey\n%1$s,a\n%1$s,b\n1E+14,c\n".formatted(ONE)))
        .extracting(it -> it.substring(0, 5))
        .containsExactly("row 3", "row 4");
  }

  @Test
  void aManifestHas2000RowsAtTheMost() {
    assertThat(read("phoneNumberId,backupKey\n" + rows(2000))).hasSize(2000);
    assertThat(problems("phoneNumberId,backupKey\n" + rows(2001)))
        .containsExactly("the manifest has more than 2000 rows");
  }

  /** It takes a hundred thousand times as long where each is looked at from every one before it. */
  @Test
  void aLongLineOfSpacesIsRefused() {
    assertThat(problems("sep=" + " ".repeat(200_000) + "x\n")).isNotEmpty();
  }

  /** It may be a PIN that somebody has put into a wrong column. */
  @Test
  void noCellIsQuoted() {
    InvalidInputException refusal =
        refusal("phoneNumberId,backupKey\n073519,/073519\n".getBytes(UTF_8));

    assertThat(refusal.findings()).isNotEmpty().noneMatch(it -> it.toString().contains("073519"));
  }

  /** A quote that is never closed may hold the rows behind it. */
  @ParameterizedTest
  @CsvSource({
    "'\"pin\n106540352242922,073519\n', column 3",
    "073519, column 3",
    "backup-key_ ä, column backup-key_ ä",
    "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx, column 3"
  })
  void ofTheHeaderOnlyWhatLooksLikeANameIsQuoted(String cell, String named) {
    assertThat(problems("phoneNumberId,backupKey," + cell))
        .containsExactly(named + " is not known");
  }

  private static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> (100_000 + i) + ",k" + i + "\n")
        .collect(Collectors.joining());
  }

  private List<Row> read(String file) {
    return reader.read(file.getBytes(UTF_8));
  }

  private List<String> problems(String file) {
    return refusal(file.getBytes(UTF_8)).findings().stream()
        .map(it -> it.field() + " " + it.problem())
        .toList();
  }

  private InvalidInputException refusal(byte[] file) {
    InvalidInputException refusal =
        catchThrowableOfType(InvalidInputException.class, () -> reader.read(file));
    assertThat(refusal).isNotNull();
    assertThat(refusal.findings()).allMatch(it -> it.cure().endsWith("."));
    return refusal;
  }

  private static ManifestReader reader(Map<String, String> settings) {
    return new ManifestReader(
        new SmallRyeConfigBuilder()
            .withMapping(FerryConfig.class)
            .withValidateUnknown(false)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withSources(
                new PropertiesConfigSource(settings, "test", 200),
                new PropertiesConfigSource(Map.of("ferry.backup-bucket", "backups"), "base", 100))
            .build()
            .getConfigMapping(FerryConfig.class));
  }
}
