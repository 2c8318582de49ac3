package dev.numberferry.messaging;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Urgency;
import dev.numberferry.support.ShownEvent;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A result as a mail. Who reads no more than its first three lines knows whether the line is up,
 * and what to do now.
 */
final class ResultMail {

  /** Of an event, as next steps name them. */
  private static final List<String> FIELDS =
      List.of("phoneNumberId", "secretId", "dataLocalizationRegion", "expectedNumber");

  private static final String NO_WAY_BACK =
      "send the event again: there is no way back to On-Premises, and one more call mends nothing.";

  private final ResultMessage message;
  private final MigrationResult result;
  private final Outcome outcome;
  private final String json;
  private final StackCommands commands;

  private ResultMail(ResultMessage message, String json, StackCommands commands) {
    this.message = message;
    this.result = message.result();
    this.outcome = message.result().outcome();
    this.json = json;
    this.commands = commands;
  }

  /**
   * @param json the result, as programs get it
   */
  static Mail of(ResultMessage message, String json, StackCommands commands) {
    ResultMail mail = new ResultMail(message, json, commands);
    return Mail.of(message.urgency(), mail.subject(), mail.text());
  }

  private String subject() {
    String number = result.phoneNumberId() == null ? "" : "number %s: ".formatted(number());
    return number
        + what()
        + (message.recorded() ? "" : ", and not recorded")
        + " (%s%s)".formatted(outcome.status(), kind());
  }

  private String what() {
    return switch (outcome.status()) {
      case MIGRATED -> isCutOff() ? "moved, but messages are held back or lost" : "moved";
      case ALREADY_MIGRATED -> "was on the Cloud API before";
      case REJECTED -> outcome.harm() == null ? refusedWhat() : downWhat();
      case UNKNOWN -> isSeenMoved() ? "moved, and not connected" : "nobody knows whether it moved";
      case WITHHELD -> "held back, nothing was sent";
      case INVALID -> "cannot be used, nothing was sent";
      case NOT_SENT -> "nothing was sent";
      case READY -> "a dry run found nothing in the way";
      case NOT_READY -> "a dry run found something in the way";
    };
  }

  /** The reason, or the code of WhatsApp's error. */
  private String kind() {
    ErrorDetails error = outcome.error();
    return outcome.reason() != null
        ? " " + outcome.reason()
        : error != null && error.code() != null ? " " + error.code() : "";
  }

  private String text() {
    MailText mail = new MailText();
    beginning(mail);
    facts(mail);
    commands(mail);
    mail.part("MORE: docs/runbook.md#" + anchor());
    mail.part("THE RESULT, as programs get it:").raw(json);
    return mail.toString();
  }

  private void beginning(MailText mail) {
    mail.line(line());
    mail.line("DO NOW: " + step());
    if (outcome.status() == Status.UNKNOWN) {
      mail.line(
          "NO MAIL TELLS AlertEmail OF A MIGRATED THAT NEEDS NOBODY: the ledger's command below"
              + " shows it, as the status of this attempt.");
    }
    if (isBraked()) {
      mail.line(
          "THE BRAKE IS ENGAGED (brakeId %s): nothing moves before a person releases it. A mail of its own tells how."
              .formatted(String.join(" and ", message.brakeIds())));
    }
    if (!message.recorded()) {
      mail.line(
          "THE LEDGER DID NOT TAKE THIS RESULT: if UNKNOWN follows for the same migrationId, this"
              + " mail knows better.");
      if (outcome.harm() != null && !isBraked()) {
        mail.line("A MAIL 'BRAKED' MAY FOLLOW: the brake has not counted this harm yet.");
      }
    }
    warning().ifPresent(it -> mail.line("DO NOT " + it));
  }

  private void commands(MailText mail) {
    commands.begin(mail);
    if (result.phoneNumberId() != null) {
      commands.ledger(mail, result.phoneNumberId());
    }
    commands.log(mail, result.migrationId(), result.startedAt());
    if (isBraked()) {
      commands.brake(mail);
    }
    if (isSentAgain()) {
      again(mail);
    }
  }

  private boolean isBraked() {
    return !message.brakeIds().isEmpty();
  }

  /** What is known of the line, in one sentence. */
  private String line() {
    return switch (outcome.status()) {
      case MIGRATED -> moved();
      case ALREADY_MIGRATED ->
          "LINE MOVED BEFORE: %s was on the Cloud API already, and nothing was sent."
              .formatted(subjectOfLine());
      case REJECTED -> outcome.harm() == null ? refused() : down();
      case UNKNOWN ->
          isSeenMoved()
              ? "LINE NOT WORKING: %s is on the Cloud API, but not connected there."
                  .formatted(subjectOfLine())
              : "LINE NOT KNOWN: the call for %s was sent, and nobody knows what it did. The line may be down."
                  .formatted(subjectOfLine());
      case WITHHELD, INVALID, NOT_SENT, READY, NOT_READY -> unsent();
    };
  }

  private String moved() {
    Optional<NumberState> seen = Optional.ofNullable(outcome.seen());
    String number = subjectOfLine();
    if (isCutOff()) {
      return "LINE MOVED, NOT IN ORDER: %s is on the Cloud API, but messages are held back, are lost or do not reach the app."
          .formatted(number);
    }
    Optional<String> where = seen.flatMap(NumberState::where);
    if (where.isEmpty()) {
      return "LINE MOVED, NOT LOOKED AT: WhatsApp took %s, and nobody has seen whether it works."
          .formatted(number);
    }
    if (seen.filter(NumberState::hasMoved).isPresent()) {
      return "LINE UP: %s is on the Cloud API, and WhatsApp shows it up.".formatted(number);
    }
    // The ledger keeps the platform alone.
    return where.get().equals("CLOUD_API")
        ? "LINE MOVED: WhatsApp showed %s on the Cloud API.".formatted(number)
        : "LINE MOVED, NOT SEEN UP: WhatsApp took %s, and shows it as %s."
            .formatted(number, where.get());
  }

  private String down() {
    if (isWrongPin()) {
      return "LINE DOWN: WhatsApp refused the PIN of %s, which takes the On-Premises deployment down."
          .formatted(subjectOfLine());
    }
    return isAccountLocked()
        ? "LINE PROBABLY DOWN: the account of %s is locked, or its PIN does not match."
            .formatted(subjectOfLine())
        : "LINE DOWN: WhatsApp locked PIN attempts for %s until retryAfter, and the On-Premises deployment is down."
            .formatted(subjectOfLine());
  }

  private String downWhat() {
    if (isWrongPin()) {
      return "line down, WhatsApp refused the PIN";
    }
    return isAccountLocked()
        ? "line probably down, account locked"
        : "line down, PIN attempts are locked";
  }

  private boolean isAccountLocked() {
    return outcome.error() != null && outcome.error().hasCode(Harm.ACCOUNT_LOCKED);
  }

  /** Asking where the number is may be refused as well. */
  private String refused() {
    String number = subjectOfLine();
    if (message.line().isEmpty()) {
      return "NOT MOVED: WhatsApp refused %s, for certain.".formatted(number);
    }
    if (!isCalled()) {
      return "NOTHING WAS SENT NOW for %s: WhatsApp refused the look before the call%s."
          .formatted(number, before());
    }
    return harm().isPresent()
        ? "NOT MOVED: WhatsApp refused to move %s now%s.".formatted(number, before())
        : "LINE AS IT WAS: WhatsApp refused to move %s, for certain.".formatted(number);
  }

  private String refusedWhat() {
    return message.line().isEmpty()
        ? "WhatsApp refused"
        : isCalled() ? "WhatsApp refused the move" : "WhatsApp refused a look, nothing was sent";
  }

  /** What was not sent now leaves the line as calls before have left it. */
  private String unsent() {
    if (result.phoneNumberId() == null) {
      return "NOTHING WAS SENT NOW: the number is not known.";
    }
    String now =
        message.dryRun() ? "A DRY RUN, AND NOTHING WAS SENT for" : "NOTHING WAS SENT NOW for";
    if (outcome.reason() == Reason.IN_PROGRESS) {
      return "%s %s: another run, or WhatsApp, is at work on it, and its result tells more%s."
          .formatted(now, subjectOfLine(), before());
    }
    boolean asItWas =
        message.line().isPresent() && before().isEmpty() && outcome.reason() != Reason.STATE;
    return asItWas && !message.dryRun()
        ? "LINE AS IT WAS: nothing was sent for %s.".formatted(subjectOfLine())
        : "%s %s%s.".formatted(now, subjectOfLine(), before());
  }

  /** What calls before may have done, as the end of a sentence. */
  private String before() {
    return harm()
        .map(it -> "; " + it.words())
        .orElse(
            outcome.reason() == Reason.PIN_REFUSED
                ? "; WhatsApp has refused its PIN before, and the line may be down"
                : outcome.reason() == Reason.AFTER_UNKNOWN
                    ? "; nobody knows what the call before did"
                    : "");
  }

  private Optional<LineHistory.HarmfulCall> harm() {
    return message.line().flatMap(LineHistory::harm);
  }

  /** Whether this run has called, as far as that is known. */
  private boolean isCalled() {
    return message.line().filter(LineHistory::called).isPresent();
  }

  /** Nothing where a warning could speak against the next step. */
  private Optional<String> warning() {
    if (message.dryRun()) {
      return Optional.of("take this for a move: it was a dry run.");
    }
    return switch (outcome.status()) {
      case MIGRATED, ALREADY_MIGRATED -> Optional.of(NO_WAY_BACK);
      case REJECTED -> outcome.harm() == null ? warningOfRefusal() : Optional.of(warningOfHarm());
      case UNKNOWN ->
          Optional.of(
              isSeenMoved()
                  ? NO_WAY_BACK
                  : "send it again before you have looked, nor switch the old deployment off:"
                      + " nobody knows which of the two has the number.");
      case WITHHELD -> warningOfWithheld();
      case INVALID -> Optional.of("send it again before that is done: it would end the same.");
      case NOT_SENT, READY, NOT_READY -> Optional.empty();
    };
  }

  private Optional<String> warningOfRefusal() {
    return isCalled()
        ? Optional.of(
            "send it again before that is done: each call counts, and WhatsApp allows ten in 72"
                + " hours.")
        : Optional.empty();
  }

  private String warningOfHarm() {
    if (isWrongPin()) {
      return "guess the PIN: each wrong one counts, and then WhatsApp locks the number. Move no"
          + " other number whose PIN comes from the same list.";
    }
    return isAccountLocked()
        ? "guess the PIN, and move no other number of this account before you have looked."
        : "send anything for this number before retryAfter: while the lock lasts WhatsApp refuses"
            + " every PIN.";
  }

  private Optional<String> warningOfWithheld() {
    if (outcome.reason() == Reason.BRAKE) {
      return Optional.of("release the brake before you know what engaged it: its own mail says.");
    }
    return outcome.retry() == null
        ? Optional.empty()
        : Optional.of(
            "send a retry only to get it through: it says that you have looked, and the call may"
                + " do harm.");
  }

  /** Whether the call has moved it, and it does not work there. */
  private boolean isSeenMoved() {
    return outcome.seen() != null && outcome.seen().place() == NumberState.Place.MOVED_NOT_WORKING;
  }

  private void facts(MailText mail) {
    Optional<ErrorDetails> error = Optional.ofNullable(outcome.error());
    mail.part("WHAT HAPPENED")
        .fact("status", outcome.status() + kind())
        .fact("harm", outcome.harm())
        .fact("number", number())
        .fact("stack", commands.words())
        .fact("ended", result.finishedAt() + " (UTC)")
        .fact("migrationId", result.migrationId())
        .fact("code", error.map(ErrorDetails::code).orElse(null))
        .fact("error", error.map(ErrorDetails::message).orElse(null))
        .fact("details", error.map(ErrorDetails::details).orElse(null))
        .fact(
            "fbtraceId",
            error
                .map(ErrorDetails::fbtraceId)
                .map(it -> it + " (it expires: give it to Meta's support soon)")
                .orElse(null))
        .fact("until", outcome.until())
        .fact("retryAfter", outcome.retryAfter())
        .fact(
            "shown as",
            Optional.ofNullable(outcome.seen()).flatMap(NumberState::where).orElse(null))
        .fact(
            "backup",
            Optional.ofNullable(result.backup()).map(StoredBackup::reference).orElse(null));
  }

  private void again(MailText mail) {
    Optional<Retry> retry = Optional.ofNullable(outcome.retry());
    Optional<String> event = wholeEvent();
    if (event.isPresent()) {
      mail.part(
          "THE EVENT TO SEND AGAIN, when the above is done"
              + (retry.isPresent() ? ". Write your reason between its empty quotes" : "")
              + ":");
      commands.send(mail, event.get());
    } else if (retry.isPresent()) {
      mail.part(
              "SEND THE EVENT THAT YOU SENT, when the above is done, with this retry. Write your"
                  + " reason between its empty quotes:")
          .raw(StackCommands.ascii(ShownEvent.retry(retry.get())));
    }
  }

  /** Whether the next step asks for the event once more, when its cause is gone. */
  private boolean isSentAgain() {
    boolean fits = !message.dryRun() && outcome.status() != Status.INVALID;
    return fits && (outcome.retry() == null ? isSentAsItWas() : step().contains("retry"));
  }

  private boolean isSentAsItWas() {
    return switch (outcome.status()) {
      case NOT_SENT -> true;
      case REJECTED -> isWrongPin() || step().contains("send the same event again");
      default -> false;
    };
  }

  /** The event, where it is known, is to stay as it was, and can be shown as a whole. */
  private Optional<String> wholeEvent() {
    Optional<Retry> retry = Optional.ofNullable(outcome.retry());
    return message
        .request()
        .filter(it -> !mayChange())
        .filter(it -> retry.isPresent() || isWrongPin() || it.retry().isEmpty())
        .flatMap(it -> ShownEvent.event(it, retry));
  }

  /** Whether the next step leaves open what the event is, or corrects a field of it. */
  private boolean mayChange() {
    return step().contains("a retry if") || FIELDS.stream().anyMatch(step()::contains);
  }

  /** Another PIN in the secret is a new attempt. */
  private boolean isWrongPin() {
    return outcome.harm() != null
        && outcome.error() != null
        && outcome.error().hasCode(Harm.WRONG_PIN);
  }

  /** Where the runbook speaks of it. */
  private String anchor() {
    Enum<?> heading =
        outcome.reason() != null
            ? outcome.reason()
            : outcome.harm() == Harm.LINE_DOWN ? outcome.harm() : outcome.status();
    return heading.name().toLowerCase(Locale.ROOT);
  }

  /** The event that is shown in it stands below, ready to be sent. */
  private String step() {
    return Objects.requireNonNullElse(
        ShownEvent.takenOut(outcome).nextStep(), "nothing that is known.");
  }

  private boolean isCutOff() {
    return outcome.status() == Status.MIGRATED && Urgency.of(outcome) == Urgency.SOON;
  }

  /** The number, or that there is none. */
  private String subjectOfLine() {
    return result.phoneNumberId() == null ? "no number that is known" : "number " + number();
  }

  private String number() {
    return result.phoneNumberId() == null ? "none that is known" : result.phoneNumberId().value();
  }
}
