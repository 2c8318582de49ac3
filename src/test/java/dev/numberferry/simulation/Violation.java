package dev.numberferry.simulation;

/** Something does not hold that has to. */
final class Violation extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final String rule;

  /**
   * @param rule what has to hold
   * @param how it does not
   */
  Violation(String rule, String how) {
    super(rule + ": " + how);
    this.rule = rule;
  }

  String rule() {
    return rule;
  }
}
