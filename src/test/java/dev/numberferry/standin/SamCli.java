package dev.numberferry.standin;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SAM CLI on this machine.
 *
 * @param program its command
 * @param inContainer whether functions run in containers of Docker's: elsewhere AWS's emulator runs
 *     them as processes of this machine
 */
public record SamCli(String program, boolean inContainer) {

  /** SAM CLI's own code with the emulator in the place of the container. */
  private static final Path SHARED = Path.of("..", "shared", "sam-local", "sam");

  /** What it prints is searched for secrets when all tests are over. */
  private static final File LOG = Path.of("target", "test-logs", "sam-local.log").toFile();

  private static final String DOCKERS_HOST = "host.docker.internal";

  /**
   * What this machine has.
   *
   * @throws java.util.NoSuchElementException where a test did not say that it needs it
   */
  public static SamCli here() {
    return find().orElseThrow();
  }

  /** With Docker, else from beside the project; nothing where neither is there. */
  static Optional<SamCli> find() {
    if (Tool.runs("docker", "info") && Tool.runs("sam", "--version")) {
      return Optional.of(new SamCli("sam", true));
    }
    String shared = SHARED.toString();
    return Files.isExecutable(SHARED) && Tool.runs(shared, "--version")
        ? Optional.of(new SamCli(shared, false))
        : Optional.empty();
  }

  /** Where the stand-ins have to listen so that a function gets at them. */
  public String standInsAddress() {
    return inContainer ? "0.0.0.0" : "127.0.0.1";
  }

  /** What a function calls the machine that it runs on. */
  public String host() {
    return inContainer ? DOCKERS_HOST : "127.0.0.1";
  }

  /** One of its commands, as it stands on a page, with more arguments. */
  public ProcessBuilder command(String line, String... more) {
    List<String> command = new ArrayList<>(List.of(line.split(" ")));
    command.set(0, program);
    command.addAll(List.of(more));
    command.addAll(architecture(System.getProperty("os.arch")));
    ProcessBuilder builder = new ProcessBuilder(command);
    LOG.getParentFile().mkdirs();
    builder.redirectError(ProcessBuilder.Redirect.appendTo(LOG));
    // It asks AWS for the account's id, and goes on without.
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1",
                "AWS_MAX_ATTEMPTS", "1",
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "standin",
                "AWS_SECRET_ACCESS_KEY", "standin",
                "SAM_CLI_TELEMETRY", "0"));
    return builder;
  }

  /** The binary is this machine's, and the template's default is x86_64. */
  static List<String> architecture(String machine) {
    return machine.equals("aarch64")
        ? List.of("--parameter-overrides", "Architecture=arm64")
        : List.of();
  }

  /** Keeps what it printed with all else. */
  public static synchronized void keep(String printed) {
    try {
      Files.writeString(
          LOG.toPath(), printed + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
