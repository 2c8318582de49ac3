package dev.numberferry.function;

/**
 * Parts of an event were not begun, as the invocation had no time left: they have to come again.
 */
final class NotBegunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param left how many parts
   * @param all how many the event has
   */
  NotBegunException(int left, int all) {
    super(
        "no time was left in this invocation for %s of %s parts of the event".formatted(left, all),
        null,
        false,
        false);
  }
}
