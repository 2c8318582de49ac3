package dev.numberferry.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is left to do when a number has moved: it follows from what was seen, and says so where
 * nobody looked.
 */
final class AfterMove {

  /** There may be many; the result's other fields have them all. */
  private static final int SHOWN = 4;

  private static final String TEST = "send a test message through the Cloud API, and answer it";

  private AfterMove() {}

  /**
   * @param seen the number after the call, where somebody saw it
   * @param region the data localization region that was asked for
   */
  static String nextStep(
      Optional<NumberState> seen, NumberDetails details, Optional<String> region) {
    List<String> left = new ArrayList<>();
    state(seen).ifPresent(left::add);
    details.warningsAfter(seen, region).stream()
        .limit(SHOWN)
        .map(Finding::asClause)
        .forEach(left::add);
    notTold(seen, details, region).ifPresent(left::add);
    if (left.isEmpty()) {
      left.add("WhatsApp shows the number up, and nothing against it");
    }
    left.add(TEST);
    return Sentence.of(left.stream());
  }

  private static Optional<String> state(Optional<NumberState> seen) {
    Optional<String> where = seen.flatMap(NumberState::where);
    if (where.isEmpty()) {
      return Optional.of(
          "nobody has seen the number since the call: look at it in WhatsApp Manager");
    }
    return seen.filter(NumberState::hasMoved).isPresent()
        ? Optional.empty()
        : Optional.of(
            "WhatsApp still shows the number as "
                + where.get()
                + ": look at it in WhatsApp Manager in a few minutes, and ask Meta's support if it"
                + " stays like that");
  }

  private static Optional<String> notTold(
      Optional<NumberState> seen, NumberDetails details, Optional<String> region) {
    List<String> unknown = new ArrayList<>();
    if (seen.map(NumberState::canSendMessage).isEmpty() && details.health() == null) {
      unknown.add("whether anything holds its messages back");
    }
    if (details.webhooks() == null || !details.webhooks().isKnown()) {
      unknown.add("whether a webhook gets the messages of users");
    }
    if (region.isPresent() && details.dataLocalizationRegion() == null) {
      unknown.add("whether its data is kept in " + region.get());
    }
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of("nobody has looked " + String.join(", and ", unknown) + ": look yourself");
  }
}
