package dev.numberferry.metrics;

import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.OutcomeBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Urgency;
import dev.numberferry.standin.Sample;
import dev.numberferry.support.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lines with every field and metric that there is. */
public final class WideLinesFixture {

  private static final Duration SOME = Duration.ofSeconds(1);

  private WideLinesFixture() {}

  /** What a run of a stack writes. */
  public static EmbeddedMetrics run(String stack) {
    PhoneNumberId number = new PhoneNumberId(Sample.NUMBER);
    return written(
        stack,
        it ->
            it.write(
                RunLineBuilder.builder()
                    .migrationId("m-1")
                    .phoneNumberId(number)
                    .trigger("queue")
                    .result(
                        MigrationResultBuilder.builder()
                            .migrationId("m-1")
                            .phoneNumberId(number)
                            .outcome(outcome())
                            .build())
                    .urgency(Urgency.NOW)
                    .callsIn72h(1)
                    .duration(SOME)
                    .register(SOME)
                    .reconcile(SOME)
                    .published(true)
                    .recorded(true)
                    .waiting(SOME)
                    .build()));
  }

  /** What a sweep of a stack writes. */
  public static EmbeddedMetrics sweep(String stack) {
    return written(stack, it -> it.write(() -> new SweepLine(1, 0, SOME, true, SOME)));
  }

  private static Outcome outcome() {
    return OutcomeBuilder.builder()
        .status(Status.WITHHELD)
        .reason(Reason.BLOCKED)
        .harm(Harm.UNCLEAR)
        .error(ErrorDetailsBuilder.builder().code(1).subcode(2L).fbtraceId("A").build())
        .build();
  }

  private static EmbeddedMetrics written(String stack, Consumer<WideLines> writing) {
    List<String> written = new ArrayList<>();
    StandardOutput out =
        new StandardOutput() {
          @Override
          public void write(String line) {
            written.add(line);
          }
        };
    writing.accept(new WideLines(WideLines.namespace(stack), out, new Machine()));
    return EmbeddedMetrics.check(written.get(0));
  }
}
