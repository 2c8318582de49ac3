package dev.numberferry.support;

/**
 * What a class makes ready before the first event comes. It may build, parse and connect; it calls
 * nothing outside, and whatever goes wrong in it is found out again where it is needed.
 */
public interface Primer {

  /**
   * Whether a function needs it.
   *
   * @param function its name, as in {@code QUARKUS_FUNQY_EXPORT}
   */
  default boolean isFor(String function) {
    return true;
  }

  /** Runs once, on a thread that is interrupted when the time for it is over. */
  void prime() throws Exception;
}
