package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.standin.Moto;
import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code infra/stop} and {@code infra/start} with the command {@code aws}, on the whole stack. */
@Needs({Tool.MOTO, Tool.SAM_TRANSLATOR, Tool.AWS_CLI})
class StopAndStartIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STACK = "number-ferry";
  private static final List<String> FUNCTIONS =
      List.of("FunctionName", "BackupUploadedFunctionName", "ApiFunctionName");

  /** What no stack has by default. */
  private static final String BACKUP_DAYS = "11";

  @TempDir private Path folder;
  private Moto moto;

  @Test
  void aStackIsStoppedAndStartsAgainAndKeepsItsOtherParameters() throws Exception {
    try (Moto started = Moto.start()) {
      moto = started;
      create();

      assertThat(run("bash", "infra/stop", STACK))
          .contains("STOPPED.")
          .doesNotContain("by hand alone");
      assertThat(concurrency()).containsExactly("0", "0", "0");
      assertThat(eventSources()).containsExactly("Disabled", "Disabled");
      assertThat(parameter("EmergencyStop")).isEqualTo("true");
      assertThat(parameter("BackupDays")).isEqualTo(BACKUP_DAYS);

      assertThat(run("bash", "infra/start", STACK)).contains("STARTED.");
      assertThat(concurrency()).containsExactly("None", "None", "None");
      assertThat(eventSources()).containsExactly("Enabled", "Enabled");
      assertThat(parameter("EmergencyStop")).isEqualTo("false");
      assertThat(parameter("BackupDays")).isEqualTo(BACKUP_DAYS);
    }
  }

  private void create() throws Exception {
    try (S3Client s3 = moto.client(S3Client.builder())) {
      s3.createBucket(
          it ->
              it.bucket(Template.CODE_BUCKET)
                  .createBucketConfiguration(at -> at.locationConstraint("eu-central-1")));
      s3.putObject(
          it -> it.bucket(Template.CODE_BUCKET).key(Template.CODE_KEY),
          RequestBody.fromBytes(anyZip()));
    }
    String template = Template.with(Map.of()).body();
    Path file = Files.writeString(folder.resolve("template.json"), template);
    List<String> command =
        new ArrayList<>(List.of("aws", "cloudformation", "create-stack", "--stack-name", STACK));
    command.addAll(List.of("--template-body", "file://" + file, "--parameters"));
    // moto remembers no parameter that was not given.
    for (Map.Entry<String, JsonNode> it : JSON.readTree(template).path("Parameters").properties()) {
      String value = it.getValue().path("Default").asText();
      command.add(
          "ParameterKey=%s,ParameterValue=%s"
              .formatted(it.getKey(), it.getKey().equals("BackupDays") ? BACKUP_DAYS : value));
    }
    command.addAll(List.of("--capabilities", "CAPABILITY_IAM"));
    run(command.toArray(String[]::new));
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
    return run(all.toArray(String[]::new)).strip();
  }

  private String run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ENDPOINT_URL", moto.url(),
                "AWS_DEFAULT_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test"));
    Process process = builder.start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    return told;
  }

  private static byte[] anyZip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("bootstrap"));
      zip.write('x');
    }
    return bytes.toByteArray();
  }
}
