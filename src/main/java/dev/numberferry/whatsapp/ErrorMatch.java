package dev.numberferry.whatsapp;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conditions from which the lines of {@link GraphErrorCode} are made. */
final class ErrorMatch {

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

  /**
   * Whether an error of the code that stands for many things says of itself that it will pass: then
   * it refuses nothing, whatever else it mentions.
   */
  static Predicate<GraphError> passes() {
    return code(100).and(says("temporarily|try again later").or(GraphError::passing));
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
