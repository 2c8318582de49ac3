package dev.numberferry.simulation;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * WhatsApp at one moment: where each number is, and every call of {@code register} that was sent.
 */
@RecordBuilder
record WhatsApp(Map<String, Line> lines, List<Register> calls) implements WhatsAppBuilder.With {

  /**
   * A number.
   *
   * @param pin that of its two-step verification, if that is on
   * @param moved whether it is on the Cloud API
   * @param status as WhatsApp names it
   */
  @RecordBuilder
  record Line(Optional<String> pin, boolean moved, String status)
      implements WhatsAppLineBuilder.With {

    static final String CONNECTED = "CONNECTED";

    /** The state that a retry has to quote, as far as it is one of a number that has not moved. */
    String asQuoted() {
      return "platform ON_PREMISE, status " + status;
    }
  }

  /** What WhatsApp did with a call. */
  enum Verdict {
    /** Nothing yet: it is at work on it, or the call is on its way. */
    OPEN,
    MOVED,
    WRONG_PIN,
    /** It never arrived. */
    LOST
  }

  /**
   * A call of {@code register}.
   *
   * @param process that made it
   * @param attempt that it was made for, as it was claimed
   * @param attended whether the caller waits for its answer
   * @param heard whether the caller got its answer, and lived on
   */
  @RecordBuilder
  record Register(
      String process,
      AttemptView attempt,
      String number,
      String pin,
      Instant sentAt,
      Verdict verdict,
      boolean attended,
      boolean heard)
      implements WhatsAppRegisterBuilder.With {

    boolean isOpen() {
      return verdict == Verdict.OPEN;
    }
  }

  static final WhatsApp EMPTY = new WhatsApp(Map.of(), List.of());

  Line line(String number) {
    return Optional.ofNullable(lines.get(number)).orElseThrow(AssertionError::new);
  }

  WhatsApp with(String number, Line line) {
    Map<String, Line> next = new HashMap<>(lines);
    next.put(number, line);
    return withLines(Map.copyOf(next));
  }

  WhatsApp with(Register call) {
    return withCalls(Stream.concat(calls.stream(), Stream.of(call)).toList());
  }

  /** The newest call of a process. */
  Optional<Register> callOf(String process) {
    return calls.stream().filter(it -> it.process().equals(process)).reduce((one, next) -> next);
  }

  /** Changes the calls of a process. */
  WhatsApp change(String process, UnaryOperator<Register> change) {
    return withCalls(
        calls.stream().map(it -> it.process().equals(process) ? change.apply(it) : it).toList());
  }

  /** Carries out the call of a process, if that is still to be done. */
  WhatsApp carriedOut(String process) {
    return callOf(process).filter(Register::isOpen).map(this::carriedOut).orElse(this);
  }

  /** Carries out all calls: none is on its way for so long. */
  WhatsApp settled() {
    return calls.stream()
        .filter(Register::isOpen)
        .map(Register::process)
        .reduce(this, WhatsApp::carriedOut, (one, other) -> other);
  }

  private WhatsApp carriedOut(Register call) {
    Line line = line(call.number());
    boolean right = line.pin().filter(it -> !it.equals(call.pin())).isEmpty();
    WhatsApp next =
        change(call.process(), it -> it.withVerdict(right ? Verdict.MOVED : Verdict.WRONG_PIN));
    return right
        ? next.with(call.number(), new Line(Optional.of(call.pin()), true, Line.CONNECTED))
        : next;
  }
}
