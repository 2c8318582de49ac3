package dev.numberferry.crash;

import java.util.ArrayList;
import java.util.List;

/** What became of each crash, for people to read. */
final class CrashTable {

  private static final String FORM = "%-28s %4s %-30s %-7s %-9s %-22s %s%n";

  /**
   * A crash and its consequences.
   *
   * @param run what was run, and what it met
   * @param call the name of the call at which it died
   * @param registers how often the number was registered, by this run and those after it
   * @param next what the next process answered
   * @param published the status of each result that the topic took, oldest first
   */
  record Row(
      String run,
      CrashPoint point,
      String call,
      int registers,
      String next,
      List<String> published) {

    /** Which row it is, for the message of a failure. */
    @Override
    public String toString() {
      return "%s: killed %s, which is %s".formatted(run, point, call);
    }
  }

  private final List<Row> rows = new ArrayList<>();

  void add(Row row) {
    rows.add(row);
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    table.append(
        FORM.formatted("run", "call", "what", "killed", "registers", "next run", "published"));
    for (Row row : rows) {
      table.append(
          FORM.formatted(
              row.run(),
              row.point().number(),
              row.call(),
              row.point().moment(),
              row.registers(),
              row.next(),
              String.join(", ", row.published())));
    }
    return table.append("%d crash points%n".formatted(rows.size())).toString();
  }
}
