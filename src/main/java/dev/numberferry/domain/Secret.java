package dev.numberferry.domain;

/**
 * A value that must not be seen: a PIN, a password, a token, a backup. Each implementation prints
 * as {@link #MASK}, so that it cannot reach a log or a message by being concatenated.
 */
public interface Secret {

  /** What stands in place of a secret value. */
  String MASK = "***";

  /** The value itself, for the one call that needs it. */
  String value();
}
