package dev.numberferry.fleet;

import dev.numberferry.domain.Finding;
import dev.numberferry.domain.Findings;
import dev.numberferry.domain.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong with the rows of a manifest, in their order. */
final class Problems {

  /** So many problems are told at once. */
  private static final int MOST_TOLD = 20;

  private final Map<Integer, List<Finding>> byRow = new TreeMap<>();

  void add(int row, Finding found) {
    byRow
        .computeIfAbsent(row, it -> new ArrayList<>())
        .add(
            Finding.error(
                "row %d: %s".formatted(row, found.field()), found.problem(), found.cure()));
  }

  /**
   * @throws InvalidInputException with the first of them and how many more there are, if there are
   *     any
   */
  void throwIfAny() {
    throwIfAny(byRow.values().stream().flatMap(List::stream).toList());
  }

  /**
   * @throws InvalidInputException with the first of them and how many more there are, if there are
   *     any
   */
  static void throwIfAny(List<Finding> all) {
    Findings told = new Findings();
    all.stream().limit(MOST_TOLD).forEach(told::add);
    if (all.size() > MOST_TOLD) {
      told.add(
          Finding.error(
              "the manifest",
              "has %d more problems".formatted(all.size() - MOST_TOLD),
              "Correct these first."));
    }
    told.throwIfAny();
  }
}
