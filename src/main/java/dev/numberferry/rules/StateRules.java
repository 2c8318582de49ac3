package dev.numberferry.rules;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.support.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds back a call for a number whose state in WhatsApp speaks against it. */
public final class StateRules {

  private static final String NOT_TOLD = "not told";

  private StateRules() {}

  /**
   * What no retry lifts comes first, so that nobody sends one in vain.
   *
   * @param generatesPin whether a PIN is to be made, because two-step verification is off
   */
  public static Optional<Outcome> obstacle(
      MigrationRequest request, boolean generatesPin, NumberState state) {
    return ExpectedNumber.mismatch(request, Optional.ofNullable(state.displayPhoneNumber()))
        .or(() -> moved(state))
        .or(() -> generatesPin ? pinSet(state) : Optional.empty())
        .or(() -> doubtful(request, generatesPin, state));
  }

  private static Optional<Outcome> moved(NumberState state) {
    return switch (state.place()) {
      case TO_MOVE, DOUBTFUL -> Optional.empty();
      case MOVED -> Optional.of(Outcome.alreadyMigrated(state));
      case MOVED_NOT_WORKING ->
          Optional.of(
              Outcome.withheld(
                  Reason.STATE,
                  where(state),
                  "It has moved but does not work there yet: see to it in WhatsApp Manager; a retry"
                      + " does not lift this."));
    };
  }

  private static Optional<Outcome> pinSet(NumberState state) {
    return Boolean.TRUE.equals(state.pinEnabled())
        ? Optional.of(
            Outcome.invalid(
                new InvalidInputException(
                    "pin",
                    "says generate, but two-step verification is on",
                    "Store the number's PIN in the secret: a random one would be a wrong one.")))
        : Optional.empty();
  }

  /** What a retry lifts whose author has seen this very state: all of it at once. */
  private static Optional<Outcome> doubtful(
      MigrationRequest request, boolean generatesPin, NumberState state) {
    List<String> doubts = doubts(request, generatesPin, state);
    String shown = shown(request, generatesPin, state);
    Optional<String> seen = request.retry().map(Retry::state);
    if (doubts.isEmpty() || seen.filter(shown::equals).isPresent()) {
      return Optional.empty();
    }
    Outcome outcome =
        Outcome.withheld(
            seen.isPresent() ? Reason.OUTDATED_RETRY : Reason.STATE,
            seen.map(it -> "retry.state is %s, and WhatsApp shows %s".formatted(it, shown))
                .orElseGet(() -> String.join("; ", doubts)),
            "Look at the number in WhatsApp Manager; if a call is right all the same, send the"
                + " event with the retry.after and the retry.state of this result.");
    return Optional.of(outcome.withLiftable(true).withRetryState(shown));
  }

  private static List<String> doubts(
      MigrationRequest request, boolean generatesPin, NumberState state) {
    List<String> doubts = new ArrayList<>();
    if (request.expectedNumber().isPresent() && state.displayPhoneNumber() == null) {
      doubts.add(
          "WhatsApp did not tell which phone number this id belongs to, so expectedNumber could not"
              + " be compared");
    }
    if (state.place() == NumberState.Place.DOUBTFUL) {
      doubts.add(where(state));
    }
    if (generatesPin && state.pinEnabled() == null) {
      doubts.add(
          "WhatsApp did not tell whether two-step verification is on, and pin says generate");
    }
    return doubts;
  }

  /** What the decision hangs on, and nothing else: that a quality has changed outdates no retry. */
  private static String shown(MigrationRequest request, boolean generatesPin, NumberState state) {
    List<String> parts = new ArrayList<>();
    parts.add("platform " + told(state.platformType()));
    parts.add("status " + told(state.status()));
    if (generatesPin) {
      Boolean set = state.pinEnabled();
      parts.add("PIN " + (set == null ? NOT_TOLD : set ? "set" : "not set"));
    }
    if (request.expectedNumber().isPresent()) {
      parts.add("number " + told(ExpectedNumber.shown(state)));
    }
    return String.join(", ", parts);
  }

  private static String told(@Nullable String value) {
    return value == null ? NOT_TOLD : Texts.shown(value);
  }

  private static String where(NumberState state) {
    return "WhatsApp shows the number on platform %s with status %s"
        .formatted(inBrackets(state.platformType()), inBrackets(state.status()));
  }

  private static String inBrackets(@Nullable String value) {
    return value == null ? "(not told)" : value;
  }
}
