package dev.numberferry.infra;

/**
 * How CloudWatch judges an alarm, as its page "Configuring how CloudWatch alarms treat missing
 * data" tells. How many periods it looks at besides is known only for the page's example; here it
 * is the same for every alarm.
 *
 * @param periods how many of them are judged
 * @param toAlarm how many of these have to breach the threshold
 * @param missing what a period without a value counts as, by the word of CloudFormation
 */
record AlarmEvaluation(int periods, int toAlarm, String missing) {

  /** What an alarm can be in. */
  enum State {
    OK,
    ALARM,
    INSUFFICIENT_DATA
  }

  /** Periods that are looked at besides, so that values of them stand in for missing ones. */
  static final int MORE = 2;

  /**
   * @param before what the alarm was in
   * @param points a period each, the newest last, in the page's letters: {@code X} breaches, {@code
   *     0} does not, {@code -} has no value, as have all before the first
   */
  State next(State before, String points) {
    String all = "-".repeat(periods + MORE) + points;
    String range = all.substring(all.length() - periods - MORE);
    String known = range.replace("-", "");
    if (known.length() >= periods) {
      return judged(breaching(known.substring(known.length() - periods)));
    }
    return switch (missing) {
      case "breaching" -> judged(breaching(known) + periods - known.length());
      case "notBreaching" -> judged(breaching(known));
      case "ignore" -> isDecided(known) ? judged(breaching(known)) : before;
      case "missing" -> isDecided(known) ? judged(breaching(known)) : incomplete(before, range);
      default -> throw new IllegalArgumentException(missing);
    };
  }

  private State judged(long breaching) {
    return breaching >= toAlarm ? State.ALARM : State.OK;
  }

  private boolean isDecided(String known) {
    return known.contains("0") || breaching(known) >= toAlarm;
  }

  /** No alarm comes of a value that the next one may put right. */
  private State incomplete(State before, String range) {
    int oldest = range.indexOf('X');
    if (oldest < 0) {
      return State.INSUFFICIENT_DATA;
    }
    return range.length() - oldest >= toAlarm ? State.ALARM : before;
  }

  private static long breaching(String points) {
    return points.chars().filter(it -> it == 'X').count();
  }
}
