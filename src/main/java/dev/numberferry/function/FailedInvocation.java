package dev.numberferry.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.migration.UnfinishedException;
import dev.numberferry.support.PlainJson;
import org.jspecify.annotations.Nullable;

/**
 * Fails an invocation. Lambda gets {@code NotSent}, {@code NotPublished} or {@code NotRecorded} as
 * the error's type, and the result's JSON as its message; or another type, and words.
 */
final class FailedInvocation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String errorType;
  private final boolean told;

  /** The log has the whole story already: no stack trace is kept. */
  FailedInvocation(UnfinishedException failure, ObjectMapper json) {
    this(failure.errorType(), PlainJson.write(json, failure.result()), true);
  }

  FailedInvocation(NotBegunException failure) {
    this("NotBegun", failure.getMessage(), "Send the same event again: nothing is done twice.");
  }

  /** A command that was not carried out. */
  FailedInvocation(String errorType, @Nullable String problem, String cure) {
    this(errorType, problem + ". " + cure, false);
  }

  private FailedInvocation(String errorType, String message, boolean told) {
    super(message, null, false, false);
    this.errorType = errorType;
    this.told = told;
  }

  /** Something that nobody has foreseen, and that was logged. */
  static FailedInvocation unexpected(RuntimeException failure) {
    return new FailedInvocation(
        "Unexpected",
        "An unexpected error stopped the function (%s). Report the log line of this invocation."
            .formatted(failure.getClass().getSimpleName()),
        true);
  }

  /** Whether the log has it already. */
  boolean isTold() {
    return told;
  }

  /** All that Funqy hands on of an exception: see {@link LambdaJson}. */
  @Override
  public String toString() {
    return errorType + ": " + getMessage();
  }
}
