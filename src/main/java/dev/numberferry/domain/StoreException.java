package dev.numberferry.domain;

/**
 * S3, Secrets Manager, SNS, SQS or the ledger denied access, failed, or did not answer in time.
 * Nothing was sent to WhatsApp; the same event may be delivered again.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String cure;
  private final Kind kind;

  private enum Kind {
    FAILED,
    UNANSWERED,
    DENIED,
    KEY
  }

  /**
   * @param message what failed; nothing of what was sent or read is part of it
   * @param cure what the operator does now: one sentence
   */
  public StoreException(String message, String cure) {
    this(message, cure, Kind.FAILED);
  }

  private StoreException(String message, String cure, Kind kind) {
    super(message);
    this.cure = cure;
    this.kind = kind;
  }

  /** There was no answer, or none that says what was done: a write may have taken effect. */
  public static StoreException unanswered(String message, String cure) {
    return new StoreException(message, cure, Kind.UNANSWERED);
  }

  /** Access is denied, and will be until it is granted. */
  public static StoreException denied(String message, String cure) {
    return new StoreException(message, cure, Kind.DENIED);
  }

  /** A KMS key keeps what is stored from being read or written, and will until it is granted. */
  public static StoreException key(String message, String cure) {
    return new StoreException(message, cure, Kind.KEY);
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
    return kind == Kind.UNANSWERED;
  }

  /** Whether it stays as it is until somebody grants access, or changes a KMS key. */
  public boolean isLasting() {
    return kind == Kind.DENIED || isAboutKey();
  }

  /** Whether it stays as it is until somebody changes a KMS key or who may use it. */
  public boolean isAboutKey() {
    return kind == Kind.KEY;
  }

  /** What the operator does now: one sentence. */
  public String cure() {
    return cure;
  }
}
