package dev.numberferry.migration;

/** Fails the sweep's invocation, so that its alarm is raised; the log says what was wrong. */
public final class SweepFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SweepFailedException(int left) {
    super(
        left
            + " numbers, the brake among them, could not be settled; the next sweep looks at them"
            + " again");
  }
}
