package dev.numberferry.domain;

import java.util.List;

/**
 * Event, secret or backup cannot be used, and trying again changes nothing: a person has to correct
 * it. Nothing was sent. Its texts name the field, never the value.
 */
public final class InvalidInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  /** One thing is wrong; the parameters are those of {@link Finding#error}. */
  public InvalidInputException(String field, String problem, String cure) {
    this(List.of(Finding.error(field, problem, cure)));
  }

  InvalidInputException(List<Finding> findings) {
    super(findings.get(0).field() + " " + findings.get(0).problem());
    this.findings = findings;
  }

  /** All that is wrong, the first thing first; the message is about that one. */
  public List<Finding> findings() {
    return findings;
  }

  /** What the operator does now: one sentence. */
  public String cure() {
    return findings.get(0).cure();
  }
}
