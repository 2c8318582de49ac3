package dev.numberferry.support;

import java.util.stream.Stream;

/** An exception with its causes. */
public final class Causes {

  /** More than any has: a chain may lead back to where it began. */
  private static final int MOST = 20;

  private Causes() {}

  /** The exception itself, and what it was caused by, the outermost first. */
  public static Stream<Throwable> of(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(MOST);
  }

  /** The innermost of them. */
  public static Throwable root(Throwable thrown) {
    return of(thrown).reduce(thrown, (one, next) -> next);
  }
}
