package dev.numberferry.domain;

/**
 * S3, Secrets Manager, SNS, SQS or the ledger denied access, failed, or did not answer in time.
 * Nothing was sent to WhatsApp; the same event may be delivered again.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String cure;
  private final boolean unanswered;

  /**
   * @param message what failed; nothing of what was sent or read is part of it
   * @param cure what the operator does now: one sentence
   */
  public StoreException(String message, String cure) {
    this(message, cure, false);
  }

  private StoreException(String message, String cure, boolean unanswered) {
    super(message);
    this.cure = cure;
    this.unanswered = unanswered;
  }

  /** There was no answer, or none that says what was done: a write may have taken effect. */
  public static StoreException unanswered(String message, String cure) {
    return new StoreException(message, cure, true);
  }

  /** What a store holds cannot be read. */
  public static StoreException unreadable(String what) {
    return new StoreException(
        what + " cannot be read",
        "Nothing was sent: find out what else writes there before you send the event again.");
  }

  /** Another writer changed it between each read and the write after it. */
  public static StoreException contended(String what) {
    return new StoreException(
        what + " was changed by somebody else a moment ago",
        "Nothing was sent: send the same event again.");
  }

  /** Whether a write may have taken effect all the same. */
  public boolean isUnanswered() {
    return unanswered;
  }

  /** What the operator does now: one sentence. */
  public String cure() {
    return cure;
  }
}
