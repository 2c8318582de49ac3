package dev.numberferry.domain;

/** Why a call was held back. */
public enum Reason {
  /** Another run has claimed the number. */
  IN_PROGRESS,
  /** WhatsApp refused this PIN before. */
  PIN_REFUSED,
  /** There were {@code FERRY_MAX_CALLS} calls in 72 hours: one more needs a retry. */
  CALL_BUDGET,
  /** WhatsApp said how long to wait. */
  BLOCKED,
  /** The effect of an earlier call is unknown. */
  AFTER_UNKNOWN,
  /** A newer upload of the number's backup has been claimed. */
  SUPERSEDED,
  /** The number's history has gone on since the operator asked for one more attempt. */
  OUTDATED_RETRY,
  /** Calls have done harm to too many numbers: a person has to release the brake. */
  BRAKE,
  /** The number is in a state in which a call can do harm. */
  STATE
}
