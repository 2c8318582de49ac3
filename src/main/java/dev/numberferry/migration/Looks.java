package dev.numberferry.migration;

/**
 * The looks at numbers that are left to one sweep. WhatsApp answers 200 of them an hour for the
 * numbers of one account, and a migration needs one before its call.
 */
final class Looks {

  private static final int MOST = 8;

  private int left = MOST;

  /** Whether one more look may be made, which it then has to be. */
  boolean take() {
    if (areUsedUp()) {
      return false;
    }
    left--;
    return true;
  }

  boolean areUsedUp() {
    return left == 0;
  }
}
