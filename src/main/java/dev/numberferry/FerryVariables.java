package dev.numberferry;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * The variables of {@link FerryConfig}. One that is mistyped sets nothing, and the default of the
 * right one holds, which nobody would notice before the day.
 */
final class FerryVariables {

  static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "FERRY_TOPIC_ARN",
              "FERRY_SECRET_ID",
              "FERRY_TOKEN_SECRET_ID",
              "FERRY_GRAPH_VERSION",
              "FERRY_BACKUP_BUCKET",
              "FERRY_BACKUP_PREFIX",
              "FERRY_FLEET_BUCKET",
              "FERRY_QUEUE_URL",
              "FERRY_LEDGER_TABLE",
              "FERRY_LEDGER_TTL",
              "FERRY_MAX_CALLS",
              "FERRY_BRAKE_AFTER",
              "FERRY_BRAKE_WINDOW",
              "FERRY_STACK",
              "FERRY_RECONCILE_FOR",
              "FERRY_LONGEST_RUN",
              "FERRY_FUNCTION_TIMEOUT"));

  private FerryVariables() {}

  /**
   * @param settings the names of all that is set, as variables or as the properties they stand for
   * @return a sentence about each that begins with FERRY_ and is none of ours
   */
  static List<String> unknown(Iterable<String> settings) {
    return StreamSupport.stream(settings.spliterator(), false)
        // Spares the other hundreds of settings the pattern: every start pays for this.
        .filter(it -> it.regionMatches(true, 0, "FERRY", 0, "FERRY".length()))
        .map(it -> it.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))
        .filter(it -> it.startsWith("FERRY_") && !KNOWN.contains(it))
        .distinct()
        .sorted()
        .map(
            it -> "%s is no setting of this version: %s is the nearest.".formatted(it, nearest(it)))
        .toList();
  }

  private static String nearest(String name) {
    return KNOWN.stream().min(Comparator.comparingInt(it -> distance(name, it))).orElseThrow();
  }

  /** How many letters have to be put in, taken out or changed to make one of the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
