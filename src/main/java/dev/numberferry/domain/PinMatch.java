package dev.numberferry.domain;

/** How the PIN of an earlier version of a secret compares with the PIN that would be sent now. */
public enum PinMatch {
  SAME,
  OTHER,
  /** Secrets Manager no longer has that version, so that the two cannot be compared. */
  GONE,
  /** Whoever grants access, or changes a KMS key, lets that version be read; time does not. */
  UNREADABLE
}
