package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.standin.Moto;
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
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The command {@code aws}, which finds moto in the place of AWS. */
final class AwsCli {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Moto moto;

  AwsCli(Moto moto) {
    this.moto = moto;
  }

  /** A command that finds region, rights and moto, and nothing of whoever runs this test. */
  ProcessBuilder prepared(Path folder, String... command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(it -> it.startsWith("AWS_"));
    environment.putAll(
        Map.of(
            "AWS_ENDPOINT_URL", moto.url(),
            "AWS_DEFAULT_REGION", "eu-central-1",
            "AWS_DEFAULT_OUTPUT", "json",
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test",
            "AWS_CONFIG_FILE", "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE", "/dev/null"));
    return builder;
  }

  /**
   * Makes a stack of the template.
   *
   * @param folder for a file with the template
   * @param parameters those that are not to have their defaults
   */
  void create(String stack, Path folder, Map<String, String> parameters) throws Exception {
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
        new ArrayList<>(List.of("aws", "cloudformation", "create-stack", "--stack-name", stack));
    command.addAll(List.of("--template-body", "file://" + file, "--parameters"));
    // moto remembers no parameter that was not given.
    for (Map.Entry<String, JsonNode> it : JSON.readTree(template).path("Parameters").properties()) {
      command.add(
          "ParameterKey=%s,ParameterValue=%s"
              .formatted(
                  it.getKey(),
                  parameters.getOrDefault(it.getKey(), it.getValue().path("Default").asText())));
    }
    command.addAll(List.of("--capabilities", "CAPABILITY_IAM"));
    run(command.toArray(String[]::new));
  }

  /** What a command prints that ends well. */
  String run(String... command) throws Exception {
    Process process = prepared(Path.of("").toAbsolutePath(), command).start();
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
