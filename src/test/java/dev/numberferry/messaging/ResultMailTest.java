package dev.numberferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.BackupSource.InlineBackup;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.BrakeMessage;
import dev.numberferry.domain.BrakeState.CountedHarm;
import dev.numberferry.domain.BrakeState.Engagement;
import dev.numberferry.domain.BrakeState.Release;
import dev.numberferry.domain.BrakeStateEngagementBuilder;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationRequestBuilder;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.NumberDetails;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.NumberStateBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.OutcomeBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Trigger;
import dev.numberferry.domain.Urgency;
import dev.numberferry.messaging.LineHistory.HarmfulCall;
import dev.numberferry.standin.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResultMailTest {

  private static final Instant AT = Instant.parse("2026-11-22T20:38:34.322Z");
  private static final String ID = "3f98ab27-0b5d-4c6e-9a53-1f0c8e5a7d21";
  private static final PhoneNumberId NUMBER = PhoneNumberId.of(Sample.NUMBER).orElseThrow();

  private static final StackCommands STACK =
      new StackCommands(Optional.of("number-ferry"), "eu-central-1");

  private static final MigrationRequest REQUEST =
      MigrationRequestBuilder.builder()
          .phoneNumberId(NUMBER)
          .backup(new StoredBackup("b", "it's/\u202E.json", null))
          .secretId(Optional.of("s"))
          .expectedNumber(Optional.of("+15551234567"))
          .dataLocalizationRegion(Optional.of("IN"))
          .delivery(Delivery.of(Trigger.DIRECT))
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "133005 | LINE DOWN: | NOW: number 106540352242922: line down, WhatsApp refused the PIN"
            + " (REJECTED 133005) | guess the PIN: each",
        "133008 | LINE DOWN: WhatsApp locked PIN attempts | NOW: number 106540352242922: line down,"
            + " PIN attempts are locked (REJECTED 133008) | send anything for this number before",
        "133009 | LINE DOWN: WhatsApp locked PIN attempts | NOW: number 106540352242922: line down,"
            + " PIN attempts are locked (REJECTED 133009) | send anything for this number before",
        "131031 | LINE PROBABLY DOWN: | NOW: number 106540352242922: line probably down, account"
            + " locked (REJECTED 131031) | guess the PIN, and move no other",
        "133006 | LINE AS IT WAS: | SOON: number 106540352242922: WhatsApp refused the move"
            + " (REJECTED 133006) | send it again before that is done"
      })
  void aRefusalSaysWhetherTheLineIsDown(int code, String line, String subject, String not) {
    Mail mail = mail(refused(code));

    assertThat(mail.subject()).isEqualTo(subject);
    assertThat(lines(mail).get(0)).startsWith(line).contains(Sample.NUMBER);
    assertThat(lines(mail).get(1)).isEqualTo("DO NOW: Do this.");
    assertThat(lines(mail).get(2)).startsWith("DO NOT " + not);
  }

  @ParameterizedTest
  @MethodSource("moved")
  void aMoveSaysWhetherTheLineIsUp(Outcome outcome, String line, String subject) {
    Mail mail = mail(outcome);

    assertThat(lines(mail).get(0)).startsWith(line);
    assertThat(mail.subject()).isEqualTo(subject.formatted(Sample.NUMBER));
  }

  static Stream<Arguments> moved() {
    String moved = "number %s: moved (MIGRATED)";
    return Stream.of(
        Arguments.of(Outcome.migrated(), "LINE MOVED, NOT LOOKED AT: ", moved),
        Arguments.of(reconciled("CLOUD_API", "CONNECTED", "AVAILABLE"), "LINE UP: ", moved),
        Arguments.of(reconciled("CLOUD_API", null, null), "LINE MOVED: ", moved),
        Arguments.of(reconciled("CLOUD_API", "PENDING", null), "LINE MOVED, NOT SEEN UP: ", moved),
        Arguments.of(
            reconciled("ON_PREMISE", "CONNECTED", null), "LINE MOVED, NOT SEEN UP: ", moved),
        Arguments.of(
            reconciled("CLOUD_API", "CONNECTED", "BLOCKED"),
            "LINE MOVED, NOT IN ORDER: ",
            "SOON: number %s: moved, but messages are held back or lost (MIGRATED)"));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void whatIsHeldBackNamesItsReason(Reason reason) {
    Mail mail = mail(Outcome.withheld(reason, "it is so", "Do this."));

    assertThat(mail.subject()).contains("held back, nothing was sent (WITHHELD " + reason + ")");
    assertThat(lines(mail).get(0))
        .startsWith(
            switch (reason) {
              case PIN_REFUSED, AFTER_UNKNOWN, IN_PROGRESS, STATE -> "NOTHING WAS SENT NOW for ";
              default -> "LINE AS IT WAS: ";
            });
    assertThat(mail.text())
        .contains("docs/runbook.md#" + reason.name().toLowerCase(Locale.ROOT) + "\n");
  }

  /** What was not sent now leaves a line down that a call before took down. */
  @ParameterizedTest
  @MethodSource("notSent")
  void whatCallsBeforeMayHaveDoneIsSaid(Outcome outcome) {
    ResultMessage down = afterCall(message(outcome), Harm.LINE_DOWN, Optional.of(133008));
    ResultMessage unclear = afterCall(message(outcome), Harm.UNCLEAR, Optional.empty());

    assertThat(lines(mail(down)).get(0))
        .startsWith("NO")
        .endsWith("; LINE DOWN since 2026-11-22T20:38:34.322Z (133008).")
        .contains(Sample.NUMBER);
    assertThat(lines(mail(afterCall(message(outcome), Harm.LINE_DOWN, Optional.of(131031)))).get(0))
        .endsWith("; LINE PROBABLY DOWN since 2026-11-22T20:38:34.322Z (131031).");
    assertThat(lines(mail(unclear)).get(0))
        .endsWith("; nobody knows what the call of 2026-11-22T20:38:34.322Z did.");
  }

  static Stream<Outcome> notSent() {
    return Stream.concat(
        Stream.of(Reason.values()).map(it -> Outcome.withheld(it, "it is so", "Do this.")),
        Stream.of(
            Outcome.invalid(new InvalidInputException("backup", "is empty", "Do this.")),
            Outcome.notSent(ErrorDetails.of("no"), "Do this."),
            refused(133006)));
  }

  private static ResultMessage afterCall(ResultMessage message, Harm harm, Optional<Integer> code) {
    return message.withLine(
        Optional.of(new LineHistory(true, Optional.of(new HarmfulCall(AT, harm, code)))));
  }

  @Test
  void whereTheLedgerWasNotReadTheLineIsNotSpokenOf() {
    Outcome invalid = Outcome.invalid(new InvalidInputException("backup", "is empty", "Do this."));

    assertThat(lines(mail(message(invalid).withLine(Optional.empty()))).get(0))
        .isEqualTo("NOTHING WAS SENT NOW for number %s.".formatted(Sample.NUMBER));
    assertThat(lines(mail(message(refused(10)).withLine(Optional.empty()))).get(0))
        .isEqualTo("NOT MOVED: WhatsApp refused number %s, for certain.".formatted(Sample.NUMBER));
  }

  /** WhatsApp refuses to tell of a number as well, for a token's sake. */
  @Test
  void aRefusedLookIsNoRefusedMove() {
    Mail mail =
        mail(message(refused(10)).withLine(Optional.of(new LineHistory(false, Optional.empty()))));

    assertThat(lines(mail).get(0)).startsWith("NOTHING WAS SENT NOW for ");
    assertThat(mail.subject()).contains(": WhatsApp refused a look, nothing was sent (");
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void everyMailSaysWhereTheLineIsWhatToDoAndWhatNotTo(Status status) {
    Mail mail = mail(OutcomeBuilder.builder().status(status).nextStep("Do this.").build());

    assertThat(lines(mail).get(0)).startsWith("LINE ").contains(Sample.NUMBER);
    assertThat(lines(mail).get(1)).isEqualTo("DO NOW: Do this.");
    assertThat(mail.text())
        .contains(
            "docs/runbook.md#" + status.name().toLowerCase(Locale.ROOT) + "\n",
            "ended        2026-11-22T20:38:39.157Z (UTC)",
            "migrationId  " + ID,
            "stack        number-ferry, in eu-central-1")
        .endsWith("\n{json}\n");
  }

  @Test
  void whileTheBrakeIsEngagedTheThirdLineSaysSo() {
    Mail mail = mail(message(refused(133005)).withBrakeIds(List.of("b-1", "b-2")));

    assertThat(lines(mail).get(2))
        .startsWith("THE BRAKE IS ENGAGED (brakeId b-1 and b-2): nothing moves before");
    assertThat(lines(mail).get(3)).startsWith("DO NOT ");
    assertThat(mail.text()).contains("$(output BrakeFunctionName)");
    assertThat(mail(refused(133005)).text()).doesNotContain("BRAKE", "Brake");
  }

  /** Its filter lets no MIGRATED through for which it is told to wait. */
  @Test
  void whoWaitsForAMoveIsToldWhereItShows() {
    assertThat(lines(mail(Outcome.unknown(null, "Wait."))).get(2))
        .isEqualTo(
            "NO MAIL TELLS AlertEmail OF A MIGRATED THAT NEEDS NOBODY: the ledger's command below"
                + " shows it, as the status of this attempt.");
  }

  @Test
  void whatTheLedgerDoesNotKnowIsSaid() {
    Mail mail = mail(message(Outcome.migrated()).withUrgency(Urgency.NOW).withRecorded(false));

    assertThat(mail.subject())
        .isEqualTo("NOW: number %s: moved, and not recorded (MIGRATED)".formatted(Sample.NUMBER));
    assertThat(lines(mail).get(2)).startsWith("THE LEDGER DID NOT TAKE THIS RESULT");
    assertThat(mail.text()).doesNotContain("BRAKED");
  }

  /** What was not recorded is published before its harm is counted. */
  @Test
  void harmThatIsNotCountedYetMayEngageTheBrake() {
    ResultMessage unrecorded = message(refused(133005)).withRecorded(false);

    assertThat(lines(mail(unrecorded)).get(3)).startsWith("A MAIL 'BRAKED' MAY FOLLOW: ");
    assertThat(mail(unrecorded.withBrakeIds(List.of("b-1"))).text()).doesNotContain("MAY FOLLOW");
    assertThat(mail(unrecorded.withRecorded(true)).text()).doesNotContain("MAY FOLLOW");
  }

  @Test
  void codeAndTraceIdStandInIt() {
    assertThat(mail(refused(133006)).text())
        .contains("code         133006", "error        no", "fbtraceId    AbC ");
  }

  /** It is shown as a whole: without expectedNumber it would move whatever number it is. */
  @Test
  void theEventOfARetryIsReadyButForItsReason() {
    Outcome unknown =
        Outcome.unknown(null, "Look, then send the event with a retry.")
            .withRetry(Retry.after(ID + "/UNKNOWN"));

    assertThat(mail(asked(message(unknown), REQUEST)).text())
        .contains(
            "\n{\"phoneNumberId\":\"%s\",\"backup\":{\"bucket\":\"b\",\"key\":\"it's/\\u202e.json\"},"
                    .formatted(Sample.NUMBER)
                + "\"retry\":{\"after\":\"%s/UNKNOWN\",\"reason\":\"\"},\"secretId\":\"s\","
                    .formatted(ID)
                + "\"expectedNumber\":\"+15551234567\",\"dataLocalizationRegion\":\"IN\"}\n");
  }

  /** Who publishes it later, or had the backup in the event, has nothing but the retry to show. */
  @Test
  void whereTheEventIsNotKnownAsAWholeTheRetryStandsAlone() {
    Outcome unknown =
        Outcome.unknown(null, "Look, then send the event with a retry.")
            .withRetry(Retry.after(ID + "/UNKNOWN"));
    Outcome perhapsAnother =
        unknown.withNextStep("Set dataLocalizationRegion, then send the event with a retry.");

    assertThat(
            Stream.of(
                message(unknown),
                asked(message(unknown), REQUEST.withBackup(new InlineBackup("secret"))),
                asked(message(perhapsAnother), REQUEST)))
        .allSatisfy(
            it ->
                assertThat(mail(it).text())
                    .contains(
                        "SEND THE EVENT THAT YOU SENT, ",
                        "\n{\"retry\":{\"after\":\"%s/UNKNOWN\",\"reason\":\"\"}}\n".formatted(ID))
                    .doesNotContain("EVENT TO SEND AGAIN", "\n{\"phoneNumberId", "secret\""));
  }

  @ParameterizedTest
  @MethodSource("notSentAgain")
  void noEventIsShownThatDoesHarmOrIsNotAskedFor(ResultMessage message) {
    assertThat(mail(message).text())
        .doesNotContain(
            "EVENT TO SEND AGAIN", "SEND THE EVENT", "\n{\"phoneNumberId", "\n{\"retry");
  }

  static Stream<ResultMessage> notSentAgain() {
    Retry retry = Retry.after(ID + "/REJECTED");
    ErrorDetails error = ErrorDetails.of("no");
    Stream<ResultMessage> messages =
        Stream.of(
            message(Outcome.invalid(new InvalidInputException("expectedNumber", "is no", "Do."))),
            message(Outcome.unknown(null, "No retry lifts this.")),
            message(Outcome.migrated()),
            message(Outcome.withheld(Reason.BRAKE, "it is so", "Release it, then send it.")),
            message(refused(100).withRetry(retry).withNextStep("Stop, and ask Meta's support.")),
            message(refused(100).withNextStep("Correct it, then send the event again.")),
            message(Outcome.notSent(error, "Send it again.")).withDryRun(true));
    Retry own = new Retry(Retry.NONE, "why");
    return Stream.concat(
        messages.map(it -> asked(it, REQUEST)),
        Stream.of(
            asked(
                message(Outcome.notSent(error, "Send it again.")),
                REQUEST.withRetry(Optional.of(own)))));
  }

  @Test
  void theSameEventIsShownWhereThatIsWhatIsToBeSent() {
    Retry own = new Retry(Retry.NONE, "why");

    assertThat(
            Stream.of(
                asked(message(Outcome.notSent(ErrorDetails.of("no"), "Do this.")), REQUEST),
                asked(message(refused(133005)), REQUEST.withRetry(Optional.of(own))),
                asked(
                    message(refused(10).withNextStep("Grant it, then send the same event again.")),
                    REQUEST)))
        .allSatisfy(
            it ->
                assertThat(mail(it).text())
                    .contains("THE EVENT TO SEND AGAIN", "\"expectedNumber\":\"+15551234567\"")
                    .doesNotContain("\"retry\""));
  }

  /** The event that the next step of an upload's result has in it stands below. */
  @Test
  void theEventIsShownOnce() {
    Outcome upload =
        refused(133006)
            .withRetry(Retry.after(ID + "/REJECTED"))
            .withNextStep(
                "Do this. An upload carries no retry: send {} to migrate, with your"
                    + " reason in it.");

    assertThat(lines(mail(upload)).get(1)).isEqualTo("DO NOW: Do this.");
  }

  @Test
  void withoutANumberItHasNoCommandThatNeedsOne() {
    Mail mail =
        mail(
            message(
                result(OutcomeBuilder.builder().status(Status.INVALID).nextStep("x.").build())
                    .withPhoneNumberId(null)));

    assertThat(mail.subject()).isEqualTo("SOON: cannot be used, nothing was sent (INVALID)");
    assertThat(lines(mail).get(0)).isEqualTo("NOTHING WAS SENT NOW: the number is not known.");
    assertThat(mail.text()).doesNotContain("LedgerTable", "THE EVENT");
  }

  /** What DO NOW asks for, DO NOT does not forbid. */
  @ParameterizedTest
  @MethodSource("unwarned")
  void noWarningSpeaksAgainstTheNextStep(ResultMessage message) {
    assertThat(mail(message).text()).doesNotContain("DO NOT");
  }

  static Stream<ResultMessage> unwarned() {
    return Stream.of(
        message(refused(10)).withLine(Optional.of(new LineHistory(false, Optional.empty()))),
        message(refused(10)).withLine(Optional.empty()),
        message(Outcome.notSent(ErrorDetails.of("no"), "Store it.")),
        message(Outcome.withheld(Reason.SUPERSEDED, "newer", "Upload it again.")),
        message(Outcome.withheld(Reason.PIN_REFUSED, "same", "Store the PIN.")));
  }

  @ParameterizedTest
  @MethodSource("warned")
  void warningsFitWhatHappened(ResultMessage message, String warning) {
    assertThat(lines(mail(message))).filteredOn(it -> it.startsWith("DO NOT ")).hasSize(1);
    assertThat(mail(message).text()).contains("\nDO NOT " + warning);
  }

  static Stream<Arguments> warned() {
    Retry retry = Retry.after(Retry.NONE);
    return Stream.of(
        Arguments.of(message(refused(133006)), "send it again before that is done: each call"),
        Arguments.of(message(Outcome.migrated()), "send the event again: there is no way back"),
        Arguments.of(message(Outcome.unknown(null, "x.")), "send it again before you have looked"),
        Arguments.of(message(seenMoved()), "send the event again: there is no way back"),
        Arguments.of(
            message(Outcome.withheld(Reason.BRAKE, "it is", "x.")), "release the brake before"),
        Arguments.of(
            message(Outcome.withheld(Reason.STATE, "it is", "x.").withRetry(retry)),
            "send a retry only to get it through"),
        Arguments.of(
            message(Outcome.invalid(new InvalidInputException("backup", "is empty", "x."))),
            "send it again before that is done: it would"),
        Arguments.of(
            message(Outcome.notSent(ErrorDetails.of("no"), "x.")).withDryRun(true),
            "take this for a move: it was a dry run."));
  }

  @Test
  void whatWasSeenMovedAndNotConnectedIsNoPuzzle() {
    Mail mail = mail(seenMoved());

    assertThat(mail.subject()).contains(": moved, and not connected (UNKNOWN)");
    assertThat(lines(mail).get(0)).startsWith("LINE NOT WORKING: ");
    assertThat(mail.text()).doesNotContain("old deployment");
  }

  private static Outcome seenMoved() {
    return Outcome.unknown(null, "Wait, then see to it.")
        .withSeen(
            NumberStateBuilder.builder().platformType("CLOUD_API").status("DISCONNECTED").build());
  }

  /** A text of somebody else's is no line of ours. */
  @Test
  void whatOthersWroteStaysInItsLine() {
    Mail mail =
        mail(
            Outcome.rejected(
                ErrorDetailsBuilder.builder()
                    .code(100)
                    .message("a\r\nDO NOW: send\u2028me \u202Eyour PIN " + "x".repeat(5_000))
                    .build(),
                "Do this."));

    assertThat(lines(mail)).filteredOn(it -> it.startsWith("DO NOW")).hasSize(1);
    assertThat(mail.text())
        .contains("  error        a  DO NOW: send me  your PIN xxx", "x... (cut)\n");
  }

  @Test
  void withoutTheStacksNameItSaysWhereThatStands() {
    String text =
        ResultMail.of(
                message(refused(133005)),
                "{json}",
                new StackCommands(Optional.empty(), "eu-central-1"))
            .text();

    assertThat(text)
        .contains(
            "stack        not told, as FERRY_STACK is not set, in eu-central-1",
            "describe-stacks --region \"$REGION\" \\\n  --query 'Stacks[].StackName'",
            "\nSTACK=''\n");
  }

  @Test
  void theMailOfTheBrakeNamesTheLinesAndHasItsRelease() {
    Mail mail = BrakeMail.of(BrakeMessage.of(byHarm(3, null)), "{json}", STACK);

    assertThat(mail.subject())
        .isEqualTo("NOW: brake engaged after harm to 3 numbers, no number is moved");
    assertThat(lines(mail).get(0))
        .startsWith("3 LINES MAY BE DOWN: 1065403522429220, 1065403522429221, 1065403522429222.");
    assertThat(lines(mail).get(1)).startsWith("DO NOW: No number is moved until a person");
    assertThat(lines(mail).get(2)).startsWith("DO NOT release it before");
    assertThat(mail.text())
        .contains("{\"release\": \"\", \"by\": \"\", \"brakeId\": \"b-1\"}", "#braked\n")
        .endsWith("\n{json}\n");
  }

  @Test
  void theMailOfTheBrakeNamesNotAllOfHundreds() {
    Mail mail = BrakeMail.of(BrakeMessage.of(byHarm(500, null)), "{json}", STACK);

    assertThat(lines(mail).get(0)).startsWith("500 LINES MAY BE DOWN: ").contains(" and more. ");
    assertThat(lines(mail)).filteredOn(it -> it.startsWith("  harm ")).hasSize(20);
  }

  @Test
  void whatWasReleasedMeanwhileHasNoRelease() {
    Release release = new Release("b-1", AT, "it is right", "Ada");
    Mail mail = BrakeMail.of(BrakeMessage.of(byHarm(3, release)), "{json}", STACK);

    assertThat(mail.subject()).startsWith("NOW: brake was engaged ").endsWith("released since");
    assertThat(mail.text())
        .contains("released     2026-11-22T20:38:34.322Z (UTC), by Ada: it is right")
        .doesNotContain("\"release\"", "DO NOT");
  }

  @Test
  void aPersonsBrakeTookNoLineDown() {
    Engagement engagement =
        BrakeStateEngagementBuilder.builder()
            .brakeId("b-1")
            .at(AT)
            .harms(List.of())
            .by("Ada")
            .reason("it's wrong")
            .build();
    Mail mail = BrakeMail.of(BrakeMessage.of(engagement), "{json}", STACK);

    assertThat(mail.subject()).isEqualTo("NOW: brake engaged by a person, no number is moved");
    assertThat(lines(mail).get(0)).startsWith("LINES AS THEY WERE: ");
    assertThat(lines(mail).get(2)).startsWith("DO NOT release it before you have asked who");
    assertThat(mail.text()).contains("by           Ada", "reason       it's wrong");
  }

  @Test
  void oneNumberIsOne() {
    Mail mail = BrakeMail.of(BrakeMessage.of(byHarm(1, null)), "{json}", STACK);

    assertThat(mail.subject()).contains("after harm to 1 number,");
    assertThat(lines(mail).get(0))
        .isEqualTo("1 LINE MAY BE DOWN: 1065403522429220. It has a mail of its own.");
  }

  /** Whoever writes "it's right" between the quotes has a file with just that. */
  @Test
  void aReleaseTakesAnApostrophe() throws Exception {
    String text = BrakeMail.of(BrakeMessage.of(byHarm(3, null)), "{json}", STACK).text();
    String release = text.substring(text.indexOf("cat > release.json"), text.indexOf("\nMORE"));

    assertThat(release).contains("<<'EVENT'\n", "--payload file://release.json ");
    assertThat(parsed(release.replace("\"release\": \"\"", "\"release\": \"it's right\"")))
        .isZero();
  }

  @Test
  void aSubjectIsWhatSnsTakes() {
    String subject = new Mail("ü\n" + "x".repeat(200), "").subject();

    assertThat(subject).hasSize(99).startsWith("??x");
  }

  /** A shell reads them, and every name that they ask for is one of the template's outputs. */
  @Test
  void itsCommandsAreOnesOfAShellAndOfTheStack() throws Exception {
    String template = Files.readString(Path.of("infra", "template.yaml"));
    String outputs = template.substring(template.indexOf("\nOutputs:\n"));
    String texts =
        mail(asked(message(refused(133005)), REQUEST).withBrakeIds(List.of("b-1"))).text()
            + BrakeMail.of(BrakeMessage.of(byHarm(3, null)), "{json}", STACK).text();

    assertThat(
            Pattern.compile("output (\\w+)\\)|(?<= )(\\w+LogGroupName|LogGroupName)\\b")
                .matcher(texts)
                .results()
                .map(it -> Optional.ofNullable(it.group(1)).orElseGet(() -> it.group(2)))
                .distinct())
        .hasSize(7)
        .allSatisfy(it -> assertThat(outputs).contains("\n  " + it + ":\n"));
    assertThat(parsed(commands(texts))).as(commands(texts)).isZero();
  }

  private static int parsed(String script) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-n", "-c", script).redirectErrorStream(true).start();
    assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return shell.exitValue();
  }

  /** What stands below the headings, which end in a colon. */
  private static String commands(String text) {
    return text.lines()
        .dropWhile(it -> !it.startsWith("COMMANDS"))
        .takeWhile(it -> !it.startsWith("MORE"))
        .filter(it -> !it.endsWith(":"))
        .reduce("", (one, next) -> one + next + "\n");
  }

  private static Outcome reconciled(String platform, String status, String canSendMessage) {
    NumberState seen =
        NumberStateBuilder.builder()
            .platformType(platform)
            .status(status)
            .canSendMessage(canSendMessage)
            .build();
    return Outcome.migrated()
        .withAfterCare(Optional.of(seen), NumberDetails.unknown(), Optional.empty());
  }

  private static Outcome refused(int code) {
    Outcome outcome =
        Outcome.rejected(
            ErrorDetailsBuilder.builder().code(code).message("no").fbtraceId("AbC").build(),
            "Do this.");
    return outcome.withHarm(outcome.harmDone().orElse(null));
  }

  private static Engagement byHarm(int numbers, Release released) {
    return BrakeStateEngagementBuilder.builder()
        .brakeId("b-1")
        .at(AT)
        .harms(
            IntStream.range(0, numbers)
                .mapToObj(
                    i ->
                        new CountedHarm(
                            "m-" + i,
                            PhoneNumberId.of(Sample.NUMBER + i).orElseThrow(),
                            Harm.LINE_DOWN,
                            AT))
                .toList())
        .released(released)
        .build();
  }

  private static Mail mail(Outcome outcome) {
    return mail(message(outcome));
  }

  private static ResultMessage message(Outcome outcome) {
    return message(result(outcome));
  }

  private static ResultMessage message(MigrationResult result) {
    return ResultMessageBuilder.builder()
        .result(result)
        .urgency(Urgency.of(result.outcome()))
        .recorded(true)
        .brakeIds(List.of())
        .line(Optional.of(new LineHistory(true, Optional.empty())))
        .build();
  }

  private static ResultMessage asked(ResultMessage message, MigrationRequest request) {
    return message.withRequest(Optional.of(request));
  }

  private static Mail mail(ResultMessage message) {
    return ResultMail.of(message, "{json}", STACK);
  }

  private static MigrationResult result(Outcome outcome) {
    return MigrationResultBuilder.builder()
        .schemaVersion(1)
        .migrationId(ID)
        .phoneNumberId(NUMBER)
        .outcome(outcome)
        .backup(new StoredBackup("b", "it's/\u202E.json", "v1"))
        .startedAt(AT)
        .finishedAt(Instant.parse("2026-11-22T20:38:39.157Z"))
        .durationMs(4835)
        .build();
  }

  private static List<String> lines(Mail mail) {
    return mail.text().lines().toList();
  }
}
