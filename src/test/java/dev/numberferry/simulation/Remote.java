package dev.numberferry.simulation;

import java.time.Instant;

/** The way from a process to what is outside of it. */
public interface Remote {

  /** That nobody answered. The clients make of it what theirs would throw. */
  final class NoAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    NoAnswer() {
      super("no answer", null, false, false);
    }
  }

  /**
   * Waits for the answer.
   *
   * @throws NoAnswer if there is none
   */
  Object ask(Call call) throws NoAnswer;

  /** The time, as of the last answer. */
  Instant now();

  /** The name of the process. */
  String process();
}
