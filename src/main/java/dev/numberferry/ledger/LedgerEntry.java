package dev.numberferry.ledger;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.RegisterLimit;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Upload;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that is known of a number.
 *
 * @param attempts oldest first
 * @param oldRefusedPins of attempts that are no longer kept
 * @param newestUpload the newest upload that was heard of, whatever became of it
 * @param last the last result that was no attempt, whatever it was but a run in progress
 * @param heard what the topic has heard for a message of a queue, the last that was heard of
 */
@RecordBuilder
public record LedgerEntry(
    PhoneNumberId number,
    List<Attempt> attempts,
    List<RefusedPin> oldRefusedPins,
    Optional<Upload> newestUpload,
    Optional<MigrationResult> last,
    Optional<Heard> heard)
    implements LedgerEntryBuilder.With {

  /** The entry of a number that the ledger does not have. */
  static LedgerEntry empty(PhoneNumberId number) {
    return new LedgerEntry(
        number, List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  LedgerEntry with(Attempt attempt) {
    return withAttempts(Stream.concat(attempts.stream(), Stream.of(attempt)).toList());
  }

  /** Keeps an upload in mind that nobody may overtake with an older one. */
  LedgerEntry with(Upload upload) {
    return newestUpload.filter(it -> !upload.tellsMoreThan(it)).isPresent()
        ? this
        : withNewestUpload(Optional.of(upload));
  }

  /** Keeps what a run leaves that was no attempt. */
  LedgerEntry with(LastAnswer answer) {
    LedgerEntry kept = answer.upload().map(this::with).orElse(this);
    return kept.withLast(answer.result().or(() -> last)).withHeard(answer.heard().or(() -> heard));
  }

  /** The same entry with the times of uploads as they are believed. */
  LedgerEntry believedAt(Instant now) {
    return withAttempts(attempts.stream().map(it -> it.believedAt(now)).toList())
        .withNewestUpload(newestUpload.map(it -> it.believedAt(now)));
  }

  /** Changes the attempt with this id. */
  LedgerEntry change(String migrationId, UnaryOperator<Attempt> change) {
    return withAttempts(
        attempts.stream()
            .map(it -> it.migrationId().equals(migrationId) ? change.apply(it) : it)
            .toList());
  }

  /**
   * The same entry with what was concluded of an attempt without its run, unless that has changed
   * meanwhile. Whatever the run of a message then says of it is news.
   */
  LedgerEntry concluded(Attempt attempt, MigrationResult result, Instant endedAt) {
    return attempts.contains(attempt)
        ? change(attempt.migrationId(), it -> it.ended(result, endedAt)).withHeard(Optional.empty())
        : this;
  }

  /**
   * The same entry after the topic took a result of an attempt. What is better known of it
   * meanwhile is to be published once more, and so is the newest call where that was heard before:
   * they have the last word.
   *
   * @param by for which message of a queue, where its run has one
   */
  LedgerEntry published(MigrationResult result, Optional<Heard> by) {
    return change(result.migrationId(), it -> it.heard(result))
        .owingTheNewestCallAfter(result.migrationId())
        .withHeard(by.or(() -> heard));
  }

  private LedgerEntry owingTheNewestCallAfter(String migrationId) {
    return after(migrationId)
        .filter(Attempt::mayHaveCalled)
        .reduce((one, next) -> next)
        .map(newest -> change(newest.migrationId(), it -> it.withPublished(false)))
        .orElse(this);
  }

  /**
   * Whether it is no longer true that nothing was sent, as an attempt says that was not published:
   * the same event has called since, or may have, or the number has moved.
   */
  public boolean isOutdated(Attempt attempt) {
    return !attempt.mayHaveCalled()
        && (after(attempt.migrationId())
                .filter(Attempt::mayHaveCalled)
                .anyMatch(it -> it.ended(Status.MIGRATED) || it.key().isSameAs(attempt.key()))
            || wasSeenMovedAfter(attempt));
  }

  /** Whether somebody saw later that the number had moved, and no call was needed. */
  private boolean wasSeenMovedAfter(Attempt attempt) {
    return last.filter(it -> it.status() == Status.ALREADY_MIGRATED)
        .filter(it -> it.finishedAt().isAfter(attempt.calledAt()))
        .isPresent();
  }

  /**
   * The newest call that may have done harm, unless the number has moved since. A later refusal
   * mends nothing.
   */
  public Optional<Attempt> standingHarm() {
    return newest(it -> it.harm().isPresent() || it.ended(Status.MIGRATED))
        .filter(it -> !it.ended(Status.MIGRATED) && !wasSeenMovedAfter(it));
  }

  /** The attempts that were claimed after this one, oldest first. */
  private Stream<Attempt> after(String migrationId) {
    return attempts.stream().dropWhile(it -> !it.migrationId().equals(migrationId)).skip(1);
  }

  /**
   * The same entry without its oldest attempt that is no longer needed; of a refused PIN it keeps
   * which one it was, and of uploads the newest. Calls of the last 72 hours stay, and so does the
   * newest.
   *
   * @return nothing where every attempt is needed
   */
  Optional<LedgerEntry> shortened(Instant now) {
    return attempts.stream().filter(it -> !isNeeded(it, now)).findFirst().map(this::without);
  }

  private LedgerEntry without(Attempt old) {
    LedgerEntry kept = old.upload().map(this::with).orElse(this);
    return kept.withAttempts(attempts.stream().filter(it -> it != old).toList())
        .withOldRefusedPins(
            RefusedPin.isOne(old)
                ? Stream.concat(oldRefusedPins.stream(), Stream.of(RefusedPin.of(old))).toList()
                : oldRefusedPins);
  }

  private boolean isNeeded(Attempt attempt, Instant now) {
    return attempt.isOpen()
        || !attempt.published()
        || newestCall().filter(attempt::equals).isPresent()
        || (attempt.mayHaveCalled() && attempt.calledAt().isAfter(now.minus(RegisterLimit.WINDOW)));
  }

  /** When the number was called, or may have been, within WhatsApp's window; oldest first. */
  public List<Instant> recentCalls(Instant now) {
    return attempts.stream()
        .filter(Attempt::mayHaveCalled)
        .map(Attempt::calledAt)
        .filter(it -> it.isAfter(now.minus(RegisterLimit.WINDOW)))
        .sorted()
        .toList();
  }

  public Optional<Attempt> attempt(String migrationId) {
    return newest(it -> it.migrationId().equals(migrationId));
  }

  /** The phone number that the id belongs to, where a result tells it. */
  public Optional<String> displayPhoneNumber() {
    return Stream.concat(
            last.stream(), attempts.stream().flatMap(it -> Stream.ofNullable(it.result())))
        .flatMap(it -> Stream.ofNullable(it.outcome().seen()))
        .flatMap(it -> Stream.ofNullable(it.displayPhoneNumber()))
        .reduce((one, next) -> next);
  }

  /** The newest attempt of a kind; no older one is asked about. */
  public Optional<Attempt> newest(Predicate<Attempt> kind) {
    return IntStream.rangeClosed(1, attempts.size())
        .mapToObj(it -> attempts.get(attempts.size() - it))
        .filter(kind)
        .findFirst();
  }

  /** The newest attempt that called, or may have. */
  public Optional<Attempt> newestCall() {
    return newest(Attempt::mayHaveCalled);
  }

  public Optional<Attempt> open() {
    return newest(Attempt::isOpen);
  }

  /** Every PIN that was refused, the oldest first. */
  public Stream<RefusedPin> refusedPins() {
    return Stream.concat(
        oldRefusedPins.stream(), attempts.stream().filter(RefusedPin::isOne).map(RefusedPin::of));
  }

  /** Every upload that was heard of. */
  public Stream<Upload> uploads() {
    return Stream.concat(
        newestUpload.stream(), attempts.stream().flatMap(it -> it.upload().stream()));
  }

  /** Whether this upload, or a newer one, is among them. */
  public boolean knows(Upload upload) {
    return uploads().anyMatch(it -> it.equals(upload) || it.isNewerThan(upload));
  }

  /** What a retry has to say that knows all of this. */
  public Retry nextRetry() {
    return Retry.after(newestCall().map(Attempt::reference).orElse(Retry.NONE));
  }

  /** Whether a retry knows the number's history; its own attempts do not count. */
  public boolean isKnownTo(Retry retry) {
    return newest(it -> it.mayHaveCalled() && !it.key().isRetry(retry))
        .map(Attempt::reference)
        .orElse(Retry.NONE)
        .equals(retry.after());
  }

  /** Whether the topic has heard this, and nothing of another message since. */
  public boolean hasHeard(Heard of) {
    return heard.filter(of::equals).isPresent();
  }
}
