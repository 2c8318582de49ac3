package dev.numberferry.domain;

/** How the PIN of an earlier version of a secret compares with the one at hand. */
public enum PinMatch {
  SAME,
  OTHER,
  /** Secrets Manager no longer has that version, so that nobody can say. */
  GONE
}
