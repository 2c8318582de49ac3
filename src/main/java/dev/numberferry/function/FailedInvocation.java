package dev.numberferry.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.migration.UnfinishedException;
import dev.numberferry.support.PlainJson;
import org.jspecify.annotations.Nullable;

/**
 * Fails an invocation. Lambda gets {@code NotSent}, {@code NotPublished} or {@code NotRecorded} as
 * the error's type, and the result's JSON as its message; or {@code NotBegun}, and words.
 */
final class FailedInvocation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String errorType;

  /** The log has the whole story already: no stack trace is kept. */
  FailedInvocation(UnfinishedException failure, ObjectMapper json) {
    super(PlainJson.write(json, failure.result()), null, false, false);
    errorType = failure.errorType();
  }

  FailedInvocation(NotBegunException failure) {
    this("NotBegun", failure.getMessage(), "Send the same event again: nothing is done twice.");
  }

  /** A command that was not carried out. */
  FailedInvocation(String errorType, @Nullable String problem, String cure) {
    super(problem + ". " + cure, null, false, false);
    this.errorType = errorType;
  }

  /** All that Funqy hands on of an exception: see {@link LambdaJson}. */
  @Override
  public String toString() {
    return errorType + ": " + getMessage();
  }
}
