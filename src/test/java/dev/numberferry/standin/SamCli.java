package dev.numberferry.standin;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

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

  /** With Docker, else from beside the project; nothing where neither is there. */
  public static Optional<SamCli> find() {
    if (works("docker", "info") && works("sam", "--version")) {
      return Optional.of(new SamCli("sam", true));
    }
    String shared = SHARED.toString();
    return Files.isExecutable(SHARED) && works(shared, "--version")
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
    String command = line.replaceFirst("^sam ", program + " ") + " " + String.join(" ", more);
    ProcessBuilder builder = new ProcessBuilder(List.of(command.split(" ")));
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

  /** Keeps what it printed with all else. */
  public static synchronized void keep(String printed) {
    try {
      Files.writeString(
          LOG.toPath(), printed + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean works(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
