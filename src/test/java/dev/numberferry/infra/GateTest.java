package dev.numberferry.infra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/check native} with stand-ins for Maven, {@code sam} and {@code docker}. */
class GateTest {

  private record Ended(int code, String told) {}

  @TempDir private Path folder;

  private Path graalvm;

  @BeforeEach
  void aProject() throws IOException {
    graalvm = folder.resolve("graalvm");
    Files.createDirectory(folder.resolve(".ci"));
    Files.copy(Path.of(".ci", "check"), folder.resolve(".ci").resolve("check"));
    Files.createDirectories(folder.resolve("target").resolve("failsafe-reports"));
    program("mvnw", "exit 0");
    program("sam", "exit 0");
    program("docker", "exit 0");
    program("graalvm/bin/native-image", "exit 0");
    report("MemoryIT", "");
  }

  @Test
  void whatSkippedNothingPasses() throws Exception {
    assertThat(run()).isEqualTo(new Ended(0, ""));
  }

  @Test
  void aTestThatWasSkippedFails() throws Exception {
    report("MemoryIT", "<skipped/>");

    assertThat(run().code()).isOne();
    assertThat(run().told()).contains("TEST-dev.numberferry.binary.MemoryIT.xml");
  }

  @Test
  void theTestOfSamLocalMayBeSkippedWhereDockerDoesNotAnswer() throws Exception {
    report("SamLocalIT", "<skipped/>");
    program("docker", "exit 1");

    assertThat(run()).isEqualTo(new Ended(0, ""));

    report("MemoryIT", "<skipped/>");

    assertThat(run().told()).contains("MemoryIT.xml").doesNotContain("SamLocalIT.xml");
  }

  @Test
  void whereSamAndDockerAreItsTestMayNotBeSkipped() throws Exception {
    report("SamLocalIT", "<skipped/>");

    assertThat(run().code()).isOne();
    assertThat(run().told()).contains("TEST-dev.numberferry.binary.SamLocalIT.xml");
  }

  @Test
  void aGraalVmThatBuildsNothingIsNamedBeforeAnythingRuns() throws Exception {
    Files.delete(graalvm.resolve("bin").resolve("native-image"));
    program("mvnw", "echo Maven runs");

    Ended gate = run();

    assertThat(gate.code()).isOne();
    assertThat(gate.told())
        .isEqualTo(
            "GRAALVM_HOME is no GraalVM or Mandrel: there is no %s/bin/native-image.%n"
                .formatted(graalvm));
  }

  private void report(String test, String skipped) throws IOException {
    Files.writeString(
        folder.resolve("target/failsafe-reports/TEST-dev.numberferry.binary." + test + ".xml"),
        "<testsuite><testcase>" + skipped + "</testcase></testsuite>\n");
  }

  private Ended run() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", folder.resolve(".ci").resolve("check").toString(), "native")
            .redirectErrorStream(true);
    builder.environment().put("CI", "true");
    builder.environment().put("GRAALVM_HOME", graalvm.toString());
    builder
        .environment()
        .merge("PATH", folder.toString(), (path, first) -> first + File.pathSeparator + path);
    Process process = builder.start();
    String told = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), told);
  }

  private void program(String name, String line) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
