package dev.numberferry.whatsapp;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.Finding;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Until when the Graph API has the version that is asked for. */
@ApplicationScoped
public class GraphVersion {

  private static final int WARNED_DAYS = 60;

  /** Of what is before it the table has no more than that it has ended. */
  private static final int OLDEST_IN_TABLE = 16;

  /**
   * The last day of each version that has one. Source: Meta's table of versions (Graph API,
   * Changelog), as of November 2026.
   */
  private static final Map<String, LocalDate> ENDS =
      Map.of(
          "v16.0", LocalDate.of(2025, 5, 14),
          "v17.0", LocalDate.of(2025, 9, 12),
          "v18.0", LocalDate.of(2026, 1, 26),
          "v19.0", LocalDate.of(2026, 5, 21),
          "v20.0", LocalDate.of(2026, 9, 24),
          "v21.0", LocalDate.of(2027, 1, 21),
          "v22.0", LocalDate.of(2027, 5, 20),
          "v23.0", LocalDate.of(2027, 10, 8),
          "v24.0", LocalDate.of(2028, 2, 18),
          "v25.0", LocalDate.of(2028, 7, 29));

  private final FerryConfig config;
  private final Machine machine;

  GraphVersion(FerryConfig config, Machine machine) {
    this.config = config;
    this.machine = machine;
  }

  /** That the version has ended, or does so soon. */
  public Optional<Finding> warning() {
    return warning(config.graphVersion(), LocalDate.ofInstant(machine.now(), ZoneOffset.UTC));
  }

  static Optional<Finding> warning(String version, LocalDate today) {
    return end(version, today)
        .map(
            it ->
                Finding.warning(
                    "FERRY_GRAPH_VERSION",
                    "is %s, which %s".formatted(version, it),
                    "Set a later version, and make a dry run with it: Meta answers as another"
                        + " version where one has ended."));
  }

  /** That it ended, or when it does; nothing where it stays for longer than a warning looks. */
  private static Optional<String> end(String version, LocalDate today) {
    if (Integer.parseInt(version.replaceAll("^v|\\..*", "")) < OLDEST_IN_TABLE) {
      return Optional.of("has ended");
    }
    return Optional.ofNullable(ENDS.get(version))
        .filter(end -> !end.isAfter(today.plusDays(WARNED_DAYS)))
        .map(end -> "%s on %s".formatted(end.isAfter(today) ? "ends" : "ended", end));
  }
}
