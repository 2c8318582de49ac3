package dev.numberferry.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.standin.Needs;
import dev.numberferry.standin.SamCli;
import dev.numberferry.standin.StandIns;
import dev.numberferry.standin.Tool;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of docs/install.md that run the functions under SAM CLI, against the stand-ins that
 * {@code ./mvnw -Plocal -Dstay} keeps up. SAM CLI reads template and routes, and AWS's emulator of
 * the Lambda Runtime API runs {@code function.zip}.
 */
@Needs(value = Tool.SAM_LOCAL, mayBeMissing = true)
class SamLocalIT {

  /** What is told of an answer to the event of a file. */
  private record Expected(String path, String value, int registers) {}

  private static final Map<String, Expected> ANSWERS =
      Map.of(
          "direct.json", new Expected("status", "MIGRATED", 1),
          "sqs-migrations.json", new Expected("batchItemFailures", "[]", 1),
          "s3-put.json", new Expected("status", "[MIGRATED]", 1),
          "api-post.json", new Expected("statusCode", "200", 1),
          "schedule.json", new Expected("numbers", "0", 0),
          "brake-release.json", new Expected("state", "RELEASED", 0),
          "fleet.json", new Expected("go", "ROWS", 0));

  private static final SamCli SAM = SamCli.here();
  private static final StandIns OUTSIDE = new StandIns();

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    OUTSIDE.init(Map.of("address", SAM.standInsAddress()));
    OUTSIDE.start();
  }

  @AfterAll
  static void stop() {
    OUTSIDE.stop();
  }

  @BeforeEach
  void reset() {
    OUTSIDE.resetToAnyNumber();
  }

  static List<String> invokes() throws IOException {
    return page("sam local invoke ");
  }

  @ParameterizedTest
  @MethodSource("invokes")
  void aFunctionAnswersTheEventOfAFile(String command) throws Exception {
    Expected expected = ANSWERS.get(command.replaceFirst(".*/", ""));

    JsonPath answer = JsonPath.from(invoke(command));

    assertThat(answer.getString(expected.path())).isEqualTo(expected.value());
    assertThat(OUTSIDE.graph().registers()).hasSize(expected.registers());
  }

  @Test
  void theApiMovesANumberAndTellsOfIt() throws Exception {
    List<String> requests = page("curl ").stream().filter(it -> it.contains(":3000/")).toList();
    assertThat(requests).hasSize(3);
    int port = freePort();
    try (Api api = Api.start(page("sam local start-api ").get(0), port)) {
      Answer moved = api.ask(requests.get(0));
      assertThat(moved.status()).isEqualTo(200);
      assertThat(moved.body().getString("status")).isEqualTo("MIGRATED");

      assertThat(api.ask(requests.get(1)).status()).isEqualTo(202);

      Answer told = api.ask(requests.get(2));
      assertThat(told.status()).isEqualTo(200);
      assertThat(told.body().getString("state")).isEqualTo("MIGRATED");

      assertThat(api.ask(requests.get(2) + " -X DELETE").status()).isEqualTo(405);
    }
    assertThat(OUTSIDE.graph().registers()).hasSize(1);
  }

  private static String invoke(String command) throws Exception {
    Path answer = folder.resolve("answer.json");
    Process process =
        SAM.command(command, "-n", environment()).redirectOutput(answer.toFile()).start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0).as("see target/test-logs/sam-local.log").isTrue();
    String told = Files.readString(answer);
    SamCli.keep(told);
    return told;
  }

  /** infra/local.json, with the ports of these stand-ins, which are any that are free. */
  private static String environment() throws IOException {
    String text =
        Files.readString(Path.of("infra", "local.json"))
            .replace(":" + StandIns.AWS_PORT, ":" + URI.create(OUTSIDE.aws().url()).getPort())
            .replace(":" + StandIns.GRAPH_PORT, ":" + URI.create(OUTSIDE.graph().url()).getPort())
            .replace("host.docker.internal", SAM.host());
    return Files.writeString(folder.resolve("local.json"), text).toString();
  }

  /** The commands of the page's section that begin with these words. */
  private static List<String> page(String words) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("docs", "install.md"))) {
      return lines
          .dropWhile(it -> !it.equals("### With SAM CLI"))
          .takeWhile(it -> !it.startsWith("## "))
          .filter(it -> it.startsWith("    " + words))
          .map(String::strip)
          .toList();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private record Answer(int status, JsonPath body) {}

  /** {@code sam local start-api}. */
  private record Api(Process process, int port) implements AutoCloseable {

    static Api start(String command, int port) throws Exception {
      Process process =
          SAM.command(command, "-n", environment(), "-p", String.valueOf(port))
              .redirectErrorStream(true)
              .start();
      CountDownLatch listens = new CountDownLatch(1);
      new Thread(() -> process.inputReader().lines().forEach(it -> heard(it, listens))).start();
      assertThat(listens.await(5, TimeUnit.MINUTES)).as("it listens").isTrue();
      return new Api(process, port);
    }

    private static void heard(String line, CountDownLatch listens) {
      SamCli.keep(line);
      if (line.contains("Running on http://")) {
        listens.countDown();
      }
    }

    /** Sends a request as it stands on the page. */
    Answer ask(String curl) throws Exception {
      String command = curl.replace(":3000/", ":" + port + "/") + " -s -w '\\n%{http_code}'";
      Process process = new ProcessBuilder("bash", "-c", command).start();
      String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      int end = told.lastIndexOf('\n');
      return new Answer(
          Integer.parseInt(told.substring(end + 1)), JsonPath.from(told.substring(0, end)));
    }

    @Override
    public void close() throws InterruptedException {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroy();
      process.waitFor();
    }
  }
}
