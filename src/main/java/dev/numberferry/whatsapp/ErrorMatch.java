package dev.numberferry.whatsapp;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conditions from which the lines of {@link GraphErrorCode} are made. */
final class ErrorMatch {

  /** Between the names of a path, and between paths. */
  private static final Pattern SEPARATOR = Pattern.compile("\\.|, ");

  private ErrorMatch() {}

  static Predicate<GraphError> code(int... codes) {
    return error -> Arrays.stream(codes).anyMatch(it -> within(error.shown().code(), it, it));
  }

  /** From the first code to the last, both included. */
  static Predicate<GraphError> codes(int first, int last) {
    return error -> within(error.shown().code(), first, last);
  }

  static Predicate<GraphError> subcode(int... subcodes) {
    return error -> Arrays.stream(subcodes).anyMatch(it -> within(error.shown().subcode(), it, it));
  }

  /** From the first subcode to the last, both included. */
  static Predicate<GraphError> subcodes(int first, int last) {
    return error -> within(error.shown().subcode(), first, last);
  }

  /** Whether there is a code at all: one without has an unknown effect, whatever its text. */
  static Predicate<GraphError> coded() {
    return error -> error.shown().code() != null;
  }

  /** Whether one of these names is among those that Meta says are at fault. */
  static Predicate<GraphError> blames(String... names) {
    return error ->
        error.blamed().stream()
            .flatMap(SEPARATOR::splitAsStream)
            .anyMatch(Arrays.asList(names)::contains);
  }

  static Predicate<GraphError> type(String type) {
    return error -> type.equals(error.shown().type());
  }

  /**
   * @param pattern a regular expression in lower case, found anywhere in Meta's texts
   */
  static Predicate<GraphError> says(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return error -> compiled.matcher(error.text()).find();
  }

  static Predicate<GraphError> answers(GraphError.Call call) {
    return error -> error.call() == call;
  }

  static boolean within(@Nullable Number value, int first, int last) {
    return value != null && value.longValue() >= first && value.longValue() <= last;
  }
}
