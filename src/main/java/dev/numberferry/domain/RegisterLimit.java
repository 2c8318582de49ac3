package dev.numberferry.domain;

import java.time.Duration;

/**
 * How often Meta lets a number be registered: the call after so many within the window locks the
 * number for as long. Source: Meta's reference of register.
 */
public final class RegisterLimit {

  public static final int CALLS = 10;
  public static final Duration WINDOW = Duration.ofDays(3);

  private RegisterLimit() {}
}
