package dev.numberferry.rules;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds back a call for a number whose state in WhatsApp speaks against it. */
public final class StateRules {

  private StateRules() {}

  /**
   * @param generatesPin whether a PIN is to be made, because two-step verification is off
   */
  public static Optional<Outcome> obstacle(
      MigrationRequest request, boolean generatesPin, NumberState state) {
    Optional<Outcome> place = place(request, state);
    if (place.isPresent()) {
      return place;
    }
    if (generatesPin && Boolean.TRUE.equals(state.pinEnabled())) {
      return invalid(
          "pin",
          "says generate, but two-step verification is on",
          "Store the number's PIN in the secret: a random one would be a wrong one.");
    }
    if (generatesPin && state.pinEnabled() == null) {
      return withheld(
          request,
          "WhatsApp did not tell whether two-step verification is on, and pin says generate");
    }
    return Optional.empty();
  }

  private static Optional<Outcome> place(MigrationRequest request, NumberState state) {
    String where =
        "WhatsApp shows the number on platform "
            + told(state.platformType())
            + " with status "
            + told(state.status());
    return switch (state.place()) {
      case TO_MOVE -> Optional.empty();
      case MOVED -> Optional.of(Outcome.alreadyMigrated(state));
      case MOVED_NOT_WORKING ->
          Optional.of(
              Outcome.withheld(
                  Reason.STATE,
                  where,
                  "It has moved but does not work there yet: see to it in WhatsApp Manager; a retry"
                      + " does not lift this."));
      case DOUBTFUL -> withheld(request, where);
    };
  }

  private static String told(@Nullable String value) {
    return value == null ? "(not told)" : value;
  }

  private static Optional<Outcome> invalid(String field, String problem, String cure) {
    return Optional.of(Outcome.invalid(new InvalidInputException(field, problem, cure)));
  }

  /** What a retry lifts. */
  static Optional<Outcome> withheld(MigrationRequest request, String problem) {
    return request.retry().isPresent()
        ? Optional.empty()
        : Optional.of(
            Outcome.withheld(
                    Reason.STATE,
                    problem,
                    "Look at the number in WhatsApp Manager; if a call is right all the same, send"
                        + " the event with a retry.")
                .withLiftable(true));
  }
}
