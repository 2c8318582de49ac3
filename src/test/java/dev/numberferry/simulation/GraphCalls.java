package dev.numberferry.simulation;

import dev.numberferry.simulation.Call.Done;
import dev.numberferry.simulation.Call.Fault;
import dev.numberferry.simulation.Call.Service;
import dev.numberferry.simulation.Remote.NoAnswer;
import dev.numberferry.simulation.WhatsApp.Line;
import dev.numberferry.simulation.WhatsApp.Register;
import dev.numberferry.simulation.WhatsApp.Verdict;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is asked of WhatsApp, as steps. */
public final class GraphCalls {

  /** An answer of the API. */
  public record Answer(int status, String body) {}

  private static final Pattern QUOTED =
      Pattern.compile("\"platform_type\": \"(\\w+)\", \"status\": \"(\\w+)\"");
  private static final Answer NOTHING_MORE = new Answer(200, "{}");
  private static final Answer SUCCESS = new Answer(200, "{\"success\": true}");
  private static final Answer WRONG_PIN =
      new Answer(400, "{\"error\": {\"code\": 133005, \"message\": \"PIN mismatch\"}}");

  private final Remote remote;

  GraphCalls(Remote remote) {
    this.remote = remote;
  }

  /** Whether the connection for a call of {@code register} stands. */
  public boolean connect() {
    try {
      remote.ask(Call.read(Service.CONNECTION, "connects for register", Models.answer(it -> true)));
      return true;
    } catch (NoAnswer e) {
      return false;
    }
  }

  /**
   * A call of {@code register}: it goes out, and later, perhaps much later, it is answered. No time
   * passes between its gate and its first byte.
   */
  public Optional<Answer> register(String number, String pin) {
    try {
      remote.ask(
          Call.of(Service.MACHINE, "POST register goes out", it -> sent(it, number, pin))
              .about(number)
              .atOnce());
      return Optional.of((Answer) remote.ask(answer().about(number)));
    } catch (NoAnswer e) {
      return Optional.empty();
    }
  }

  private Call answer() {
    return Call.of(Service.WHATSAPP, "POST register is answered", this::answered)
        .or(
            Fault.FAILS,
            it -> unheard(it, call -> call.isOpen() ? call.withVerdict(Verdict.LOST) : call))
        .or(Fault.LOST, it -> unheard(carriedOut(it), call -> call))
        .or(Fault.LATE, it -> unheard(it, call -> call.withAttended(false)));
  }

  private Done sent(Outside outside, String number, String pin) {
    AttemptView attempt =
        outside
            .table()
            .get(number)
            .flatMap(
                it ->
                    it.attempts().stream()
                        .filter(claim -> claim.id().startsWith(remote.process() + "-"))
                        .reduce((one, next) -> next))
            .orElseThrow(() -> new Violation("A call has a claim", remote.process()));
    Register call =
        WhatsAppRegisterBuilder.builder()
            .process(remote.process())
            .attempt(attempt)
            .number(number)
            .pin(pin)
            .sentAt(outside.now())
            .verdict(Verdict.OPEN)
            .attended(true)
            .build();
    return Done.of(outside.withWhatsApp(outside.whatsApp().with(call)), true);
  }

  private Done answered(Outside outside) {
    Outside after = carriedOut(outside);
    Verdict verdict = after.whatsApp().callOf(remote.process()).orElseThrow().verdict();
    return Done.of(
        changed(after, it -> it.withHeard(true)), verdict == Verdict.MOVED ? SUCCESS : WRONG_PIN);
  }

  private Outside carriedOut(Outside outside) {
    return outside.withWhatsApp(outside.whatsApp().carriedOut(remote.process()));
  }

  private Done unheard(Outside outside, UnaryOperator<Register> change) {
    return Done.unheard(changed(outside, change));
  }

  private Outside changed(Outside outside, UnaryOperator<Register> change) {
    return outside.withWhatsApp(outside.whatsApp().change(remote.process(), change));
  }

  /** Where a number is, which may lag. */
  public Optional<Answer> look(String number) {
    return ask(
        Call.read(
                Service.WHATSAPP,
                "GET " + number,
                Models.answer(it -> state(number, it.whatsApp().line(number))))
            .or(
                Fault.STALE,
                Models.answer(it -> state(number, it.whatsApp().line(number).withMoved(false))))
            .about(number)
            .settled(it -> it.whatsApp().line(number).moved()));
  }

  /** The state that an answer shows, in the form that a retry quotes it in. */
  static Stream<String> shown(Object answer) {
    return answer instanceof Answer it
        ? QUOTED
            .matcher(it.body())
            .results()
            .map(found -> "platform %s, status %s".formatted(found.group(1), found.group(2)))
        : Stream.empty();
  }

  private static Answer state(String number, Line line) {
    return new Answer(
        200,
        "{\"id\": \"%s\", \"platform_type\": \"%s\", \"status\": \"%s\","
                .formatted(number, line.moved() ? "CLOUD_API" : "ON_PREMISE", line.status())
            + "\"is_pin_enabled\": %s}".formatted(line.pin().isPresent()));
  }

  /** What is good to know and decides nothing: there is nothing to be told of it. */
  public Optional<Answer> details(String node, String what) {
    return ask(
        Call.of(Service.DETAILS, "GET " + node + " " + what, Models.answer(it -> NOTHING_MORE)));
  }

  private Optional<Answer> ask(Call call) {
    try {
      return Optional.of((Answer) remote.ask(call));
    } catch (NoAnswer e) {
      return Optional.empty();
    }
  }
}
