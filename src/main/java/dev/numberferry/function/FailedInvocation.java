package dev.numberferry.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.migration.UnfinishedException;
import dev.numberferry.support.PlainJson;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger.Level;

/**
 * Fails an invocation. Lambda gets {@code NotSent}, {@code NotPublished} or {@code NotRecorded} as
 * the error's type, and the result's JSON as its message; or another type, and words.
 */
final class FailedInvocation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String errorType;
  private final transient Optional<Level> untold;

  /** The log has the whole story already: no stack trace is kept. */
  FailedInvocation(UnfinishedException failure, ObjectMapper json) {
    this(failure.errorType(), PlainJson.write(json, failure.result()), Optional.empty());
  }

  FailedInvocation(NotBegunException failure) {
    this(
        "NotBegun",
        failure.getMessage() + ". Send the same event again: nothing is done twice.",
        Optional.of(Level.WARN));
  }

  /** A command that cannot be carried out. */
  FailedInvocation(InvalidInputException failure) {
    this("Invalid", failure.getMessage() + ". " + failure.cure(), Optional.of(Level.WARN));
  }

  /** A command of which nobody knows whether it was carried out. */
  FailedInvocation(StoreException failure) {
    this(
        "NotDone",
        failure.getMessage() + ". Send the same command again, or {} for the brake's state.",
        Optional.of(Level.ERROR));
  }

  /** What cannot be carried out, with all that is wrong with it. */
  static FailedInvocation withAll(InvalidInputException failure) {
    return new FailedInvocation(
        "Invalid",
        failure.findings().stream()
            .map(it -> "%s %s. %s".formatted(it.field(), it.problem(), it.cure()))
            .collect(Collectors.joining("\n")),
        Optional.of(Level.WARN));
  }

  /** What was not done, and may be asked for again. */
  static FailedInvocation repeatable(StoreException failure) {
    return new FailedInvocation(
        "NotDone", failure.getMessage() + ". " + failure.cure(), Optional.of(Level.ERROR));
  }

  private FailedInvocation(String errorType, String message, Optional<Level> untold) {
    super(message, null, false, false);
    this.errorType = errorType;
    this.untold = untold;
  }

  /** Something that nobody has foreseen, and that was logged. */
  static FailedInvocation unexpected(RuntimeException failure) {
    return new FailedInvocation(
        "Unexpected",
        "An unexpected error stopped the function (%s). Report the log line of this invocation."
            .formatted(failure.getClass().getSimpleName()),
        Optional.empty());
  }

  /** At which level the log has to tell it; nothing where it has. */
  Optional<Level> untold() {
    return untold;
  }

  /** All that Funqy hands on of an exception: see {@link LambdaJson}. */
  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    return errorType + ": " + getMessage();
  }
}
