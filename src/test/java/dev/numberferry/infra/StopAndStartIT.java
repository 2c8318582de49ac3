package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.standin.Moto;
import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code infra/stop} and {@code infra/start} with the command {@code aws}, on the whole stack. */
@Needs({Tool.MOTO, Tool.SAM_TRANSLATOR, Tool.AWS_CLI})
class StopAndStartIT {

  private static final String STACK = "number-ferry";
  private static final List<String> FUNCTIONS =
      List.of("FunctionName", "BackupUploadedFunctionName", "ApiFunctionName");

  /** What no stack has by default. */
  private static final String BACKUP_DAYS = "11";

  @TempDir private Path folder;
  private AwsCli aws;

  @Test
  void aStackIsStoppedAndStartsAgainAndKeepsItsOtherParameters() throws Exception {
    try (Moto moto = Moto.start()) {
      aws = new AwsCli(moto);
      aws.create(STACK, folder, Map.of("BackupDays", BACKUP_DAYS));

      assertThat(aws.run("bash", "infra/stop", STACK))
          .contains("STOPPED.")
          .doesNotContain("by hand alone");
      assertThat(concurrency()).containsExactly("0", "0", "0");
      assertThat(eventSources()).containsExactly("Disabled", "Disabled");
      assertThat(parameter("EmergencyStop")).isEqualTo("true");
      assertThat(parameter("BackupDays")).isEqualTo(BACKUP_DAYS);

      assertThat(aws.run("bash", "infra/start", STACK)).contains("STARTED.");
      assertThat(concurrency()).containsExactly("None", "None", "None");
      assertThat(eventSources()).containsExactly("Enabled", "Enabled");
      assertThat(parameter("EmergencyStop")).isEqualTo("false");
      assertThat(parameter("BackupDays")).isEqualTo(BACKUP_DAYS);
    }
  }

  private List<String> concurrency() throws Exception {
    List<String> all = new ArrayList<>();
    for (String function : FUNCTIONS) {
      all.add(
          query(
              "ReservedConcurrentExecutions",
              "lambda",
              "get-function-concurrency",
              "--function-name",
              output(function)));
    }
    return all;
  }

  private List<String> eventSources() throws Exception {
    return List.of(
        query("EventSourceMappings[].State", "lambda", "list-event-source-mappings").split("\\s+"));
  }

  private String output(String key) throws Exception {
    return stack("Outputs[?OutputKey=='%s'].OutputValue".formatted(key));
  }

  private String parameter(String key) throws Exception {
    return stack("Parameters[?ParameterKey=='%s'].ParameterValue".formatted(key));
  }

  private String stack(String what) throws Exception {
    return query("Stacks[0]." + what, "cloudformation", "describe-stacks", "--stack-name", STACK);
  }

  private String query(String query, String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of("aws"));
    all.addAll(List.of(command));
    all.addAll(List.of("--output", "text", "--query", query));
    return aws.run(all.toArray(String[]::new)).strip();
  }
}
