package dev.numberferry.domain;

/** How what an earlier version of a secret holds compares with what would be sent now. */
public enum VersionMatch {
  SAME,
  OTHER,
  /** Secrets Manager no longer has that version, so that the two cannot be compared. */
  GONE,
  /** Whoever grants access, or changes a KMS key, lets that version be read; time does not. */
  UNREADABLE
}
