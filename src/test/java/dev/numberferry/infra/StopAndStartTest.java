package dev.numberferry.infra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code infra/stop} and {@code infra/start} with a stand-in for the command {@code aws}. */
class StopAndStartTest {

  /** Keeps what AWS is in files, and each call that changes it in one of them. */
  private static final String AWS =
      """
      #!/usr/bin/env bash
      set -eu
      cd "$(dirname "$0")/state"
      call="$*"
      if [[ -s denied ]] && grep -qEf denied <<<"$call"; then
        echo "An error occurred (AccessDeniedException)" >&2
        exit 254
      fi
      kept() { [[ ! -f $1 ]] || cat "$1"; }
      case $call in
        *" describe-stacks "*) ;;
        *" get-function-concurrency "* | *" list-event-source-mappings "*) ;;
        *) echo "${call#* }" >>changes ;;
      esac
      all_concurrency() {
        rm -f concurrency-*
        [[ $1 == true ]] || return 0
        for f in migrate-1 uploaded-1 api-1; do echo 0 >concurrency-$f; done
      }
      deploy() {
        all_concurrency "$1"
        [[ $1 == true ]] && state=Disabled || state=Enabled
        for f in migrate-1 uploaded-1; do echo $state >source-$f; done
      }
      case $call in
        *" Stacks[0].StackStatus")
          head -n 1 statuses
          [[ $(wc -l <statuses) -eq 1 ]] || { tail -n +2 statuses >rest; mv rest statuses; }
          ;;
        *" Stacks[0].Outputs"*)
          printf '%s\\t%s\\n' TopicArn topic FunctionName migrate-1 \\
            FunctionArn arn:aws:lambda:eu-central-1:123456789012:function:migrate-1 \\
            BackupUploadedFunctionName uploaded-1 ApiFunctionName api-1
          ;;
        *.ParameterValue) cat stopped ;;
        *.ParameterKey) printf 'Architecture\\tEmergencyStop\\tAlertEmail\\n' ;;
        *" update-stack "*)
          value=${call##*ParameterKey=EmergencyStop,ParameterValue=}
          if [[ $(cat deploys) == refused || $(head -n 1 statuses) == *_IN_PROGRESS ]]; then
            echo "Stack is in $(cat statuses) state and can not be updated." >&2
            exit 254
          elif [[ $value == "$(cat stopped)" ]]; then
            echo "An error occurred (ValidationError): No updates are to be performed." >&2
            exit 254
          elif [[ $(cat deploys) == rolled-back ]]; then
            deploy "$(cat stopped)"
            printf '%s\\n' UPDATE_IN_PROGRESS UPDATE_ROLLBACK_COMPLETE >statuses
          elif [[ $(cat deploys) == without-effect ]]; then
            deploy "$(cat stopped)"
          elif [[ $(cat deploys) == stuck ]]; then
            deploy "$(cat stopped)"
            echo "$value" >stopped
            printf '%s\\n' UPDATE_IN_PROGRESS UPDATE_ROLLBACK_FAILED >statuses
          else
            deploy "$value"
            echo "$value" >stopped
            printf '%s\\n' UPDATE_IN_PROGRESS UPDATE_COMPLETE_CLEANUP_IN_PROGRESS \\
              UPDATE_COMPLETE >statuses
          fi
          ;;
        *" get-function-concurrency "*) kept "concurrency-$4" | grep . || echo None ;;
        *" put-function-concurrency "*) echo 0 >"concurrency-$4" ;;
        *" delete-function-concurrency "*) rm -f "concurrency-$4" ;;
        *" list-event-source-mappings "*) printf 'id-of-%s\\t%s\\n' "$4" "$(cat "source-$4")" ;;
        *" --no-enabled") id=${4#id-of-}; echo Disabling >"source-$id" ;;
        *" --enabled") id=${4#id-of-}; echo Enabling >"source-$id" ;;
        *) exit 2 ;;
      esac
      """;

  private static final String[] BY_HAND = {
    "put-function-concurrency --function-name migrate-1 --reserved-concurrent-executions 0",
    "put-function-concurrency --function-name uploaded-1 --reserved-concurrent-executions 0",
    "put-function-concurrency --function-name api-1 --reserved-concurrent-executions 0",
    "update-event-source-mapping --uuid id-of-migrate-1 --no-enabled",
    "update-event-source-mapping --uuid id-of-uploaded-1 --no-enabled"
  };

  private static final String[] LIFTED_BY_HAND = {
    "delete-function-concurrency --function-name migrate-1",
    "update-event-source-mapping --uuid id-of-migrate-1 --enabled",
    "delete-function-concurrency --function-name uploaded-1",
    "update-event-source-mapping --uuid id-of-uploaded-1 --enabled",
    "delete-function-concurrency --function-name api-1"
  };

  private static final String REFUSED_STATUS = "UPDATE_ROLLBACK_FAILED";

  private record Ended(int code, String told, List<String> changes) {}

  @TempDir private Path folder;

  @BeforeEach
  void aStackAtWork() throws IOException {
    Files.createDirectory(folder.resolve("state"));
    program("aws", AWS);
    program("sleep", "#!/bin/sh\n");
    is("statuses", "UPDATE_COMPLETE");
    is("stopped", "false");
    is("deploys", "complete");
    is("source-migrate-1", "Enabled");
    is("source-uploaded-1", "Enabled");
  }

  @Test
  void aStopWorksAtOnceByHandAndLastsInTheStack() throws Exception {
    Ended stop = run("stop");

    assertThat(stop.changes())
        .containsExactlyElementsOf(all(List.of(BY_HAND), List.of(deployed("true"))));
    assertThat(stop.code()).isZero();
    assertThat(stop.told())
        .contains("The stack number-ferry in eu-central-1.", "STOPPED.", "infra/start number-ferry")
        .doesNotContain("by hand alone");
    assertStopped();
  }

  @Test
  void aStartLiftsWhatTheStackSaysAndFindsNothingLeftByHand() throws Exception {
    run("stop");

    Ended start = run("start");

    assertThat(start.changes()).containsExactly(deployed("false"));
    assertThat(start.code()).isZero();
    assertThat(start.told()).contains("STARTED.", "brake");
    assertAtWork();
  }

  @Test
  void eachCanBeRunAgain() throws Exception {
    run("stop");
    Ended again = run("stop");

    assertThat(again.code()).isZero();
    assertThat(again.told()).contains("EmergencyStop=true already", "STOPPED.");
    assertStopped();
    run("start");
    again = run("start");
    assertThat(again.code()).isZero();
    assertThat(again.changes()).isEmpty();
    assertAtWork();
  }

  /** What changes it may lift what was stopped by hand. */
  @Test
  void aStackThatIsBeingChangedIsStoppedByHandBeforeAndAfterThat() throws Exception {
    is("statuses", "UPDATE_ROLLBACK_IN_PROGRESS\nUPDATE_ROLLBACK_COMPLETE");

    Ended stop = run("stop");

    assertThat(stop.changes())
        .containsExactlyElementsOf(
            all(List.of(BY_HAND), functionsByHand(), List.of(deployed("true"))));
    assertThat(stop.code()).isZero();
    assertStopped();
  }

  @Test
  void aStackThatCannotBeUpdatedIsStoppedByHandAlone() throws Exception {
    cannotBeUpdated();

    Ended stop = run("stop");

    assertThat(stop.changes())
        .containsExactlyElementsOf(all(List.of(BY_HAND), List.of(deployed("true"))));
    assertThat(stop.code()).isZero();
    assertThat(stop.told())
        .contains(REFUSED_STATUS + " state and can not be updated", "by hand alone");
    assertStoppedByHand();
  }

  /** The stack need not be updated for it, and could not be. */
  @Test
  void aStartLiftsWhatWasStoppedByHandAlone() throws Exception {
    cannotBeUpdated();
    run("stop");

    Ended start = run("start");

    assertThat(start.changes()).containsExactly(LIFTED_BY_HAND);
    assertThat(start.code()).isZero();
    assertAtWork();
  }

  @ParameterizedTest
  @CsvSource({
    "rolled-back, UPDATE_ROLLBACK_COMPLETE",
    "stuck, UPDATE_ROLLBACK_FAILED",
    "without-effect, UPDATE_COMPLETE"
  })
  void aStopThatDoesNotLastInTheStackIsMadeByHandOnceMore(String deploys, String status)
      throws Exception {
    is("deploys", deploys);

    Ended stop = run("stop");

    assertThat(stop.changes())
        .containsExactlyElementsOf(
            all(List.of(BY_HAND), List.of(deployed("true")), List.of(BY_HAND)));
    assertThat(stop.code()).isZero();
    assertThat(stop.told()).contains(status, "by hand alone");
    assertStoppedByHand();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "put-function-concurrency --function-name migrate-1",
        "put-function-concurrency --function-name uploaded-1",
        "put-function-concurrency --function-name api-1",
        "list-event-source-mappings --function-name migrate-1",
        "list-event-source-mappings --function-name uploaded-1",
        "update-event-source-mapping --uuid id-of-migrate-1",
        "update-event-source-mapping --uuid id-of-uploaded-1"
      })
  void whateverFailsByHandAllElseIsTriedAndTheRestNamed(String call) throws Exception {
    cannotBeUpdated();
    is("denied", call);

    Ended stop = run("stop");

    String failed = call.replaceAll(".* ", "");
    String mapping = "id-of-" + failed;
    assertThat(stop.changes())
        .containsExactlyElementsOf(
            all(
                Stream.of(BY_HAND)
                    .filter(it -> !it.startsWith(call))
                    .filter(it -> !call.startsWith("list-") || !it.contains(mapping))
                    .toList(),
                List.of(deployed("true"))));
    assertThat(stop.code()).isOne();
    assertThat(stop.told())
        .contains("NOT ALL IS STOPPED", "AccessDenied")
        .containsPattern("(?m)^   - .* " + failed + "$")
        .doesNotContain("No run begins");
  }

  @Test
  void whoMayOnlyUpdateTheStackStopsItWithThat() throws Exception {
    is("denied", "^lambda ");

    Ended stop = run("stop");

    assertThat(stop.changes()).containsExactly(deployed("true"));
    assertThat(stop.code()).isZero();
    assertThat(stop.told()).contains("FAILED: migrate takes invocations", "STOPPED.");
    assertStopped();
  }

  /** Somebody may have lifted by hand what the stack still says. */
  @Test
  void aStackThatWasStoppedBeforeIsNoProofThatItIsStillSo() throws Exception {
    run("stop");
    is("denied", "^lambda ");

    Ended stop = run("stop");

    assertThat(stop.code()).isOne();
    assertThat(stop.told()).contains("NOT ALL IS STOPPED");
  }

  /** By hand alone it would run while the stack says that it is stopped. */
  @ParameterizedTest
  @ValueSource(strings = {"refused", "rolled-back"})
  void aStackThatStaysStoppedIsNotStartedByHand(String deploys) throws Exception {
    run("stop");
    is("deploys", deploys);

    Ended start = run("start");

    assertThat(start.changes()).containsExactly(deployed("false"));
    assertThat(start.code()).isOne();
    assertThat(start.told()).contains("STILL STOPPED").doesNotContain("STARTED.");
    assertStopped();
  }

  @Test
  void aStartWaitsForWhatChangesTheStack() throws Exception {
    run("stop");
    is("statuses", "UPDATE_IN_PROGRESS\nUPDATE_IN_PROGRESS\nUPDATE_COMPLETE");

    Ended start = run("start");

    assertThat(start.changes()).containsExactly(deployed("false"));
    assertThat(start.code()).isZero();
    assertAtWork();
  }

  @Test
  void aLimitThatSomebodyHasSetStays() throws Exception {
    is("concurrency-api-1", "7");

    Ended start = run("start");

    assertThat(start.changes()).isEmpty();
    assertThat(start.code()).isZero();
    assertThat(state("concurrency-api-1")).isEqualTo("7");
  }

  /** Each message that it refuses is a receive more, up to the dead-letter queue. */
  @ParameterizedTest
  @ValueSource(strings = {"get-function-concurrency", "delete-function-concurrency"})
  void aFunctionThatStillRefusesIsLeftWithoutItsQueue(String call) throws Exception {
    cannotBeUpdated();
    run("stop");
    is("denied", call + " --function-name migrate-1");

    Ended start = run("start");

    assertThat(start.changes())
        .containsExactlyElementsOf(List.of(LIFTED_BY_HAND).subList(2, LIFTED_BY_HAND.length));
    assertThat(start.code()).isOne();
    assertThat(start.told())
        .contains("NOT ALL IS STARTED", "migrate is left without its queue: function migrate-1")
        .doesNotContain("STARTED. ");
  }

  @Test
  void aQueueThatIsNotReadAgainIsNamed() throws Exception {
    cannotBeUpdated();
    run("stop");
    is("denied", "--uuid id-of-uploaded-1\nlist-event-source-mappings --function-name migrate-1");

    Ended start = run("start");

    assertThat(start.code()).isOne();
    assertThat(start.told())
        .contains(
            "- migrate may not read its queue: function migrate-1",
            "- backup-uploaded does not read its queue: event source mapping id-of-uploaded-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "start"})
  void aStackThatCannotBeReadIsLeftAsItIs(String script) throws Exception {
    is("denied", "describe-stacks");

    Ended ended = run(script);

    assertThat(ended.code()).isOne();
    assertThat(ended.told()).contains("NOTHING WAS ST", "AWS_PROFILE");
    assertThat(ended.changes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "start"})
  void whatNamesNoStackChangesNothing(String script) throws Exception {
    for (List<String> arguments : List.of(List.<String>of(), List.of("a", "b"), List.of("-x"))) {
      Ended ended = run(script, arguments);

      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.told()).startsWith("Usage: infra/" + script + " STACK");
      assertThat(ended.changes()).isEmpty();
    }
    assertThat(run(script, List.of("--help")).code()).isZero();
  }

  private void cannotBeUpdated() throws IOException {
    is("statuses", REFUSED_STATUS);
    is("deploys", "refused");
  }

  /** What is done by hand once the queues are left. */
  private static List<String> functionsByHand() {
    return List.of(BY_HAND).subList(0, 3);
  }

  private static String deployed(String emergencyStop) {
    return "update-stack --stack-name number-ferry --use-previous-template"
        + " --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --parameters"
        + " ParameterKey=Architecture,UsePreviousValue=true"
        + " ParameterKey=AlertEmail,UsePreviousValue=true"
        + " ParameterKey=EmergencyStop,ParameterValue="
        + emergencyStop;
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static List<String> all(List<String>... some) {
    return Stream.of(some).flatMap(List::stream).toList();
  }

  private void assertStopped() throws IOException {
    assertStoppedByHand();
    assertThat(state("stopped")).isEqualTo("true");
  }

  private void assertStoppedByHand() throws IOException {
    for (String function : List.of("migrate-1", "uploaded-1", "api-1")) {
      assertThat(state("concurrency-" + function)).isEqualTo("0");
    }
    assertThat(state("source-migrate-1")).startsWith("Disabl");
    assertThat(state("source-uploaded-1")).startsWith("Disabl");
  }

  private void assertAtWork() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("state"))) {
      assertThat(files).noneMatch(it -> it.getFileName().toString().startsWith("concurrency-"));
    }
    assertThat(state("source-migrate-1")).startsWith("Enabl");
    assertThat(state("source-uploaded-1")).startsWith("Enabl");
    assertThat(state("stopped")).isEqualTo("false");
  }

  private Ended run(String script) throws Exception {
    return run(script, List.of("number-ferry"));
  }

  private Ended run(String script, List<String> arguments) throws Exception {
    is("changes", "");
    ProcessBuilder builder =
        new ProcessBuilder(all(List.of("bash", "infra/" + script), arguments))
            .redirectErrorStream(true);
    builder
        .environment()
        .merge("PATH", folder.toString(), (path, first) -> first + File.pathSeparator + path);
    Process process = builder.start();
    String told = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(
        process.waitFor(), told, Files.readAllLines(folder.resolve("state").resolve("changes")));
  }

  private void is(String name, String value) throws IOException {
    Files.writeString(folder.resolve("state").resolve(name), value.isEmpty() ? "" : value + "\n");
  }

  private String state(String name) throws IOException {
    return Files.readString(folder.resolve("state").resolve(name)).strip();
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
