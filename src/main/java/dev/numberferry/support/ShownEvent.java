package dev.numberferry.support;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import java.util.Optional;

/** The event by which a number is called once more, as results and mails show it. */
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

  /**
   * The outcome of an upload, which is sent but once and carries no retry, with the event in its
   * next step by which the number is called.
   */
  public static Outcome shownIn(Outcome outcome, PhoneNumberId number, StoredBackup object) {
    Optional<Retry> retry = Optional.ofNullable(outcome.retry());
    if (retry.isEmpty() && !isRefusedCall(outcome)) {
      return outcome;
    }
    return outcome.withNextStep(
        outcome.nextStep()
            + (retry.isPresent() ? WITH_RETRY : WITHOUT)
            + event(number, object, retry)
            + " to migrate"
            + (retry.isPresent() ? ", with your reason in it." : "."));
  }

  private static boolean isRefusedCall(Outcome outcome) {
    return outcome.status() == Status.REJECTED && outcome.harm() != null;
  }

  /**
   * The event of a request with all that it asked for, as JSON; the reason of its retry is left to
   * whoever sends it.
   *
   * @param retry the one that it is to have, instead of its own
   * @return nothing where the backup came inside the event, which is not shown
   */
  public static Optional<String> event(MigrationRequest request, Optional<Retry> retry) {
    return request
        .backup()
        .match(stored -> Optional.of(event(request, stored, retry)), inline -> Optional.empty());
  }

  private static String event(
      MigrationRequest request, StoredBackup object, Optional<Retry> retry) {
    ObjectNode event = event(request.phoneNumberId(), object, retry);
    request.secretId().ifPresent(it -> event.put("secretId", it));
    request.expectedNumber().ifPresent(it -> event.put("expectedNumber", it));
    request.dataLocalizationRegion().ifPresent(it -> event.put("dataLocalizationRegion", it));
    return event.toString();
  }

  /** A retry as an event has it, without its reason. */
  public static String retry(Retry retry) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    put(shown.putObject("retry"), retry);
    return shown.toString();
  }

  private static ObjectNode event(
      PhoneNumberId number, StoredBackup object, Optional<Retry> retry) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("phoneNumberId", number.value());
    put(event.putObject("backup"), object);
    retry.ifPresent(it -> put(event.putObject("retry"), it));
    return event;
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
