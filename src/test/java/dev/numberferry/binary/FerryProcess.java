package dev.numberferry.binary;

import dev.numberferry.standin.Sample;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The native binary, unpacked from the function.zip that is deployed, as a process of its own. */
public final class FerryProcess implements AutoCloseable {

  private static final Path ZIP = Path.of("target", "function.zip");
  private static final Path BOOTSTRAP = Path.of("target", "function", "bootstrap");

  private final Process process;
  private final Path log;

  private FerryProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the binary.
   *
   * @param name of the log file, under target/test-logs
   * @param environment all of its environment; nothing is inherited
   */
  public static FerryProcess start(
      String name, Map<String, String> environment, String... arguments) {
    Path log = Path.of("target", "test-logs", name + ".log");
    try {
      Files.createDirectories(log.getParent());
      List<String> command = new ArrayList<>(List.of(bootstrap().toString()));
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      return new FerryProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What Lambda and the template set for a function, with stand-ins for all that is outside.
   *
   * @param lambda address of the Runtime API
   * @param aws URL of AWS
   * @param graph URL of the Graph API
   */
  public static Map<String, String> environment(
      String function, String lambda, String aws, String graph) {
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_FUNQY_EXPORT", function);
    environment.put("AWS_LAMBDA_RUNTIME_API", lambda);
    environment.put("AWS_ENDPOINT_URL", aws);
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AWS_ACCESS_KEY_ID", "standin");
    environment.put("AWS_SECRET_ACCESS_KEY", "standin");
    environment.put("QUARKUS_REST_CLIENT_WHATSAPP_URL", graph);
    environment.put("FERRY_TOPIC_ARN", Sample.TOPIC);
    environment.put("FERRY_LEDGER_TABLE", Sample.LEDGER);
    environment.put("FERRY_BACKUP_BUCKET", Sample.BUCKET);
    environment.put("FERRY_FLEET_BUCKET", Sample.FLEET_BUCKET);
    environment.put("FERRY_QUEUE_URL", aws + "/123456789012/number-ferry-migrations");
    return environment;
  }

  /** Waits until the process ends, and answers its exit code. */
  public int exitCode() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Everything that it has written so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The most memory that it has had resident so far, in MiB; Linux tells. */
  public long peakMemoryMiB() {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      String peak = status.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
      return Long.parseLong(peak.replaceAll("[^0-9]", "")) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, as SIGTERM does, and returns when it has. */
  public void terminate() {
    process.destroy();
    exitCode();
  }

  /** Lets it stand still, as Lambda does between invocations. */
  public void freeze() {
    signal("-STOP");
  }

  /** Lets it go on. */
  public void thaw() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", name, String.valueOf(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill " + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills it, as SIGKILL does. */
  @Override
  public void close() {
    process.destroyForcibly();
    exitCode();
  }

  private static synchronized Path bootstrap() throws IOException {
    if (!Files.exists(BOOTSTRAP)
        || Files.getLastModifiedTime(BOOTSTRAP).compareTo(Files.getLastModifiedTime(ZIP)) < 0) {
      Files.createDirectories(BOOTSTRAP.getParent());
      Files.deleteIfExists(BOOTSTRAP);
      try (ZipFile zip = new ZipFile(ZIP.toFile());
          InputStream binary = zip.getInputStream(zip.getEntry("bootstrap"))) {
        Files.copy(binary, BOOTSTRAP);
      }
      File file = BOOTSTRAP.toFile();
      if (!file.setExecutable(true)) {
        throw new IOException("cannot make " + file + " executable");
      }
    }
    return BOOTSTRAP.toAbsolutePath();
  }
}
