package dev.numberferry.domain;

/** How a migration ended. */
public enum Status {
  /** The number is on the Cloud API, by this migration. */
  MIGRATED,
  /** The number was on the Cloud API before; nothing was sent. */
  ALREADY_MIGRATED,
  /** WhatsApp refused, for certain. */
  REJECTED,
  /** It failed before anything left; the same event may be sent again. */
  NOT_SENT,
  /** It was sent, and there is no answer that can be relied on. */
  UNKNOWN,
  /** Event, secret or backup cannot be used; nothing was sent. */
  INVALID,
  /** The call was held back; the {@link Reason} says why. */
  WITHHELD,
  /** A dry run found nothing in the way. */
  READY,
  /** A dry run found something in the way. */
  NOT_READY
}
