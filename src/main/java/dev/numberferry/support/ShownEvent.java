package dev.numberferry.support;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import java.util.Optional;

/** An upload is sent but once, and carries no retry: this shows the event that can be sent. */
public final class ShownEvent {

  private static final String WITH_RETRY = " An upload carries no retry: send ";
  private static final String WITHOUT = " For the same upload, send ";

  private ShownEvent() {}

  /** The outcome without the event that another run may have shown in it. */
  public static Outcome takenOut(Outcome outcome) {
    return Optional.ofNullable(outcome.nextStep())
        .map(it -> outcome.withNextStep(it.split(WITH_RETRY + "|" + WITHOUT, 2)[0]))
        .orElse(outcome);
  }

  /** The outcome of an upload, with the event in its next step by which the number is called. */
  public static Outcome shownIn(Outcome outcome, PhoneNumberId number, StoredBackup object) {
    Optional<Retry> retry = Optional.ofNullable(outcome.retry());
    if (retry.isEmpty() && !isRefusedCall(outcome)) {
      return outcome;
    }
    return outcome.withNextStep(
        outcome.nextStep()
            + (retry.isPresent() ? WITH_RETRY : WITHOUT)
            + event(number, Optional.of(object), retry)
            + " to migrate"
            + (retry.isPresent() ? ", with your reason in it." : "."));
  }

  private static boolean isRefusedCall(Outcome outcome) {
    return outcome.status() == Status.REJECTED && outcome.harm() != null;
  }

  /**
   * The event by which a number is called, as JSON; the reason of its retry is left to whoever
   * sends it.
   *
   * @param object with its backup; nothing where that is not known
   */
  public static String event(
      PhoneNumberId number, Optional<StoredBackup> object, Optional<Retry> retry) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("phoneNumberId", number.value());
    object.ifPresent(it -> put(event.putObject("backup"), it));
    retry.ifPresent(it -> put(event.putObject("retry"), it));
    return event.toString();
  }

  private static void put(ObjectNode shown, StoredBackup object) {
    shown.put("bucket", object.bucket()).put("key", object.key());
    if (object.versionId() != null) {
      shown.put("versionId", object.versionId());
    }
  }

  private static void put(ObjectNode shown, Retry retry) {
    shown.put("after", retry.after()).put("reason", "");
    if (retry.state() != null) {
      shown.put("state", retry.state());
    }
  }
}
