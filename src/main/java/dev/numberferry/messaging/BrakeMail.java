package dev.numberferry.messaging;

import dev.numberferry.domain.BrakeMessage;
import dev.numberferry.domain.BrakeState.CountedHarm;
import java.util.List;
import java.util.Optional;

/** That the brake is engaged, as a mail. */
final class BrakeMail {

  /** There may be hundreds; the JSON has them all. */
  private static final int SHOWN = 20;

  private final BrakeMessage brake;
  private final String json;
  private final StackCommands commands;

  private BrakeMail(BrakeMessage brake, String json, StackCommands commands) {
    this.brake = brake;
    this.json = json;
    this.commands = commands;
  }

  /**
   * @param json the message, as programs get it
   */
  static Mail of(BrakeMessage brake, String json, StackCommands commands) {
    BrakeMail mail = new BrakeMail(brake, json, commands);
    return Mail.of(BrakeMessage.URGENCY, mail.subject(), mail.text());
  }

  private String subject() {
    String how =
        brake.harms().isEmpty()
            ? "by a person"
            : "after harm to "
                + (numbers().size() == 1 ? "1 number" : numbers().size() + " numbers");
    return brake.released() == null
        ? "brake engaged %s, no number is moved".formatted(how)
        : "brake was engaged %s, and is released since".formatted(how);
  }

  private String text() {
    MailText mail = new MailText();
    mail.line(lines());
    mail.line("DO NOW: " + brake.nextStep());
    warning().ifPresent(it -> mail.line("DO NOT " + it));
    facts(mail);
    commands.begin(mail);
    commands.brake(mail);
    if (brake.released() == null) {
      commands.release(mail, brake.brakeId());
    }
    mail.part("MORE: docs/runbook.md#braked");
    mail.part("THE MESSAGE, as programs get it:").raw(json);
    return mail.toString();
  }

  /** What is released already is not warned of. */
  private Optional<String> warning() {
    if (brake.released() != null) {
      return Optional.empty();
    }
    return Optional.of(
        brake.harms().isEmpty()
            ? "release it before you have asked who engaged it, and why. No retry goes past it."
            : "release it before you know what did the harm: the next numbers would go the same"
                + " way. No retry goes past it.");
  }

  /** Whose lines may be down, in one sentence. */
  private String lines() {
    if (brake.harms().isEmpty()) {
      return brake.released() == null
          ? "LINES AS THEY WERE: a person engaged the brake, and nothing is moved until its"
              + " release."
          : "LINES AS THEY WERE: a person engaged the brake, and it is released since.";
    }
    List<String> numbers = numbers();
    String shown = String.join(", ", numbers.subList(0, Math.min(SHOWN, numbers.size())));
    boolean one = numbers.size() == 1;
    return "%s MAY BE DOWN: %s%s. %s a mail of its own."
        .formatted(
            one ? "1 LINE" : numbers.size() + " LINES",
            shown,
            numbers.size() > SHOWN ? " and more" : "",
            one ? "It has" : "Each has");
  }

  private void facts(MailText mail) {
    mail.part("WHAT HAPPENED")
        .fact("status", brake.status())
        .fact("brakeId", brake.brakeId())
        .fact("stack", commands.words())
        .fact("engaged", brake.engagedAt() + " (UTC)")
        .fact("by", brake.by())
        .fact("reason", brake.reason());
    if (brake.released() != null) {
      mail.fact(
          "released",
          "%s (UTC), by %s: %s"
              .formatted(brake.released().at(), brake.released().by(), brake.released().reason()));
    }
    brake.harms().stream()
        .limit(SHOWN)
        .forEach(
            it ->
                mail.fact(
                    "harm",
                    "number %s: %s at %s, migrationId %s"
                        .formatted(it.phoneNumberId(), it.harm(), it.at(), it.migrationId())));
  }

  private List<String> numbers() {
    return brake.harms().stream()
        .map(CountedHarm::phoneNumberId)
        .distinct()
        .map(it -> it.value())
        .toList();
  }
}
