package dev.numberferry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WideLinesTest {

  private static final String STACK = "NumberFerry/ferry-prod";

  private final List<String> written = new ArrayList<>();
  private final WideLines lines = new WideLines(STACK, out(written::add), new Machine());

  @Test
  void everythingOfARunStandsAtTheRoot() {
    lines.write(
        run(Outcome.rejected(
                ErrorDetailsBuilder.builder()
                    .code(133005)
                    .subcode(2388103L)
                    .fbtraceId("AbC")
                    .build(),
                "Look."))
            .callsIn72h(2)
            .register(Duration.ofMillis(1234))
            .published(true)
            .recorded(true)
            .build());

    EmbeddedMetrics line = line();
    assertThat(line.root().path("_aws").path("Timestamp").longValue()).isPositive();
    assertThat(line.namespace()).isEqualTo(STACK);
    assertThat(line.get("migrationId")).isEqualTo("m-1");
    assertThat(line.get("phoneNumberId")).isEqualTo(Sample.NUMBER);
    assertThat(line.get("trigger")).isEqualTo("direct");
    assertThat(line.get("status")).isEqualTo("REJECTED");
    assertThat(line.get("urgency")).isEqualTo("now");
    assertThat(line.root().path("code").intValue()).isEqualTo(133005);
    assertThat(line.root().path("subcode").longValue()).isEqualTo(2388103L);
    assertThat(line.get("fbtraceId")).isEqualTo("AbC");
    assertThat(line.root().path("callsIn72h").intValue()).isEqualTo(2);
    assertThat(line.root().path("replayed").isBoolean()).isTrue();
    assertThat(line.root().path("durationMs").longValue()).isEqualTo(2000);
    assertThat(line.root().path("registerMs").longValue()).isEqualTo(1234);
    assertThat(line.root().path("published").booleanValue()).isTrue();
    assertThat(line.root().path("recorded").booleanValue()).isTrue();
  }

  @Test
  void whatIsNotKnownIsLeftOutAndCountedByNothing() {
    lines.write(
        RunLineBuilder.builder()
            .migrationId("m-1")
            .trigger("queue")
            .urgency(Urgency.NOW)
            .duration(Duration.ZERO)
            .build());

    EmbeddedMetrics line = line();
    assertThat(line.root().toString()).doesNotContain("null");
    assertThat(line.dimensions("Runs")).containsExactly(List.of());
    assertThat(line.values())
        .containsOnlyKeys("LineDown", "Unclear", "NotPublished", "NotRecorded", "Runs");
  }

  @Test
  void harmIsCountedByWhatItDid() {
    lines.write(run(harmed(Status.REJECTED, Harm.LINE_DOWN)).build());
    lines.write(run(harmed(Status.UNKNOWN, Harm.UNCLEAR)).build());
    lines.write(run(Outcome.migrated()).build());

    assertThat(all("LineDown")).containsExactly(1L, 0L, 0L);
    assertThat(all("Unclear")).containsExactly(0L, 1L, 0L);
    assertThat(all("Runs")).containsExactly(1L, 1L, 1L);
  }

  @Test
  void aReplayIsNoSecondHarm() {
    RunLine replay = run(harmed(Status.REJECTED, Harm.LINE_DOWN)).build();
    lines.write(RunLineBuilder.builder(replay).result(replay.result().withReplayed(true)).build());

    EmbeddedMetrics line = line();
    assertThat(line.get("harm")).isEqualTo("LINE_DOWN");
    assertThat(line.get("replayed")).isEqualTo("true");
    assertThat(line.values()).containsEntry("LineDown", 0L).containsEntry("Runs", 1L);
  }

  @Test
  void runsAreCountedByStatusAndWhatIsHeldBackByReason() {
    lines.write(run(Outcome.withheld(Reason.BLOCKED, "wait", "Wait.")).build());

    EmbeddedMetrics line = line();
    assertThat(line.dimensions("Runs")).containsExactly(List.of(), List.of("status"));
    assertThat(line.dimensions("Withheld")).containsExactly(List.of("reason"));
    assertThat(line.dimensions("LineDown")).containsExactly(List.of());
    assertThat(line.values()).containsEntry("Withheld", 1L);
  }

  @Test
  void whatIsLostIsCounted() {
    lines.write(run(Outcome.migrated()).published(false).recorded(false).build());
    lines.write(run(Outcome.migrated()).published(true).recorded(true).build());

    assertThat(all("NotPublished")).containsExactly(1L, 0L);
    assertThat(all("NotRecorded")).containsExactly(1L, 0L);
  }

  @Test
  void timesAreMetricsWhereThereWasSuchACall() {
    lines.write(
        run(harmed(Status.UNKNOWN, Harm.UNCLEAR))
            .register(Duration.ofSeconds(23))
            .reconcile(Duration.ofSeconds(20))
            .build());

    assertThat(line().values())
        .containsEntry("RegisterTime", 23_000L)
        .containsEntry("ReconcileTime", 20_000L);
  }

  @Test
  void aMessageThatComesAgainIsToldWithItsAge() {
    lines.write(run(Outcome.migrated()).waiting(Duration.ofHours(5)).build());
    lines.write(run(Outcome.migrated()).build());

    assertThat(all("OldestWait")).containsExactly(18_000L, null);
    assertThat(EmbeddedMetrics.check(written.get(0)).dimensions("OldestWait"))
        .containsExactly(List.of());
  }

  /** What Meta sends has no bound. */
  @Test
  void noLineGrowsWithWhatCameFromOutside() {
    lines.write(
        run(Outcome.rejected(
                ErrorDetailsBuilder.builder().code(1).fbtraceId("A".repeat(500_000)).build(), "."))
            .build());

    assertThat(written.get(0).length()).isLessThan(2_000);
  }

  @Test
  void aSweepTellsWhatWasDue() {
    lines.write(() -> new SweepLine(3, 1, Duration.ofSeconds(130), true, Duration.ofMillis(40)));

    EmbeddedMetrics line = line();
    assertThat(line.values()).isEqualTo(Map.of("Due", 3L, "OldestClaim", 130L, "BrakeEngaged", 1L));
    assertThat(line.get("trigger")).isEqualTo("sweep");
    assertThat(line.get("failed")).isEqualTo("1");
  }

  /** Zero would say that the brake is released. */
  @Test
  void aSweepThatCouldNotReadTellsNothingOfIt() {
    lines.write(() -> new SweepLine(null, null, null, null, Duration.ZERO));

    assertThat(written.get(0)).doesNotContain("BrakeEngaged", "Due", "OldestClaim");
  }

  @Test
  void withoutAStackThereIsAPlaceAsWell() {
    new WideLines("NumberFerry", out(written::add), new Machine())
        .write(run(Outcome.migrated()).build());

    assertThat(line().namespace()).isEqualTo("NumberFerry");
  }

  @Test
  void nothingThatGoesWrongHereEndsARun() {
    WideLines failing =
        new WideLines(
            STACK,
            out(
                line -> {
                  throw new IllegalStateException("no space left");
                }),
            new Machine());
    WideLines exhausted =
        new WideLines(
            STACK,
            out(
                line -> {
                  throw new OutOfMemoryError();
                }),
            new Machine());

    assertThatCode(() -> failing.write(run(Outcome.migrated()).build())).doesNotThrowAnyException();
    assertThatCode(() -> exhausted.write(run(Outcome.migrated()).build()))
        .doesNotThrowAnyException();
  }

  private static RunLineBuilder run(Outcome outcome) {
    PhoneNumberId number = new PhoneNumberId(Sample.NUMBER);
    return RunLineBuilder.builder()
        .migrationId("m-1")
        .phoneNumberId(number)
        .trigger("direct")
        .result(
            MigrationResultBuilder.builder()
                .migrationId("m-1")
                .phoneNumberId(number)
                .outcome(outcome)
                .build())
        .urgency(Urgency.NOW)
        .duration(Duration.ofSeconds(2));
  }

  private static Outcome harmed(Status status, Harm harm) {
    return OutcomeBuilder.builder().status(status).harm(harm).build();
  }

  private EmbeddedMetrics line() {
    assertThat(written).hasSize(1);
    return EmbeddedMetrics.check(written.get(0));
  }

  private List<Long> all(String metric) {
    return written.stream().map(it -> EmbeddedMetrics.check(it).values().get(metric)).toList();
  }

  private static StandardOutput out(Consumer<String> lines) {
    return new StandardOutput() {
      @Override
      public void write(String line) {
        lines.accept(line);
      }
    };
  }
}
