package dev.numberferry.migration;

/** How a migration ended. */
public enum Status {
  /** The number is on the Cloud API. */
  MIGRATED,
  /** WhatsApp refused, for certain. */
  REJECTED,
  /** It failed before anything left; the same event may be run again. */
  NOT_SENT,
  /** It was sent, and there is no answer that can be relied on. */
  UNKNOWN,
  /** Event, secret or backup cannot be used; nothing was sent. */
  INVALID
}
