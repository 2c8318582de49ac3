package dev.numberferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.event.Payload;
import dev.numberferry.function.SweepFunction;
import dev.numberferry.standin.EventServer;
import dev.numberferry.standin.StandIns;
import dev.numberferry.standin.TopicStandIn.Message;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * The main job on a laptop: {@code ./mvnw -Plocal}. One event goes over HTTP through the real
 * function for events of its kind; S3, Secrets Manager, SNS and the Graph API are stand-ins on
 * loopback ports.
 *
 * <p>It runs as a test because Quarkus brings its event server only into tests and its dev mode,
 * and because a run that does not end in a published message is then a failed build.
 */
@QuarkusTest
@TestProfile(LocalRun.Console.class)
class LocalRun {

  /** Each step on the console, as it happens. */
  public static final class Console implements QuarkusTestProfile {
    /** The other tests' stand-ins are for the function migrate. */
    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      Map<String, String> function = Map.of("function", function());
      Map<String, String> staying = Map.of("function", function(), "stay", "on fixed ports");
      return List.of(new TestResourceEntry(StandIns.class, STAY ? staying : function));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.log.console.enabled", "true",
          "quarkus.log.console.format", "  %d{HH:mm:ss.SSS} %-5p %m%n",
          "quarkus.log.category.\"com.amazonaws\".level", "WARN");
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final boolean STAY = System.getProperty("stay") != null;
  private static final Path FILE = Path.of(System.getProperty("event", "infra/events/direct.json"));

  private static final LocalGraph GRAPH = LocalGraph.of(System.getProperty("graph", "moves"));

  @Inject SweepFunction sweep;

  StandIns outside;

  @Test
  void run() throws Exception {
    assertThat(FILE).as("The event file given with -Devent=FILE").isReadable();
    outside.resetToAnyNumber();
    GRAPH.during(outside.graph());
    say("", "Number Ferry, local run. S3, Secrets Manager, SNS and the Graph API are stand-ins.");
    say("In this run " + GRAPH.words() + ".");
    say("", "What the function " + function() + " does with the event in " + FILE + ":");

    Response answer = EventServer.given().body(Files.readString(FILE)).post();

    for (var request : outside.graph().registers()) {
      say("", "WhatsApp's stand-in was asked, without the secrets:");
      say("  " + request.getMethod() + " " + request.getUrl().replaceAll("\\?.*", ""));
    }
    List<Message> published = outside.topic().messages();
    published.forEach(LocalRun::show);
    if (published.size() == 1 && published.get(0).body().get().equals(answer.path("$"))) {
      say("", "The function's answer is the same.");
    } else {
      say("", "The function's answer, with the HTTP status " + answer.statusCode() + ":");
      say(pretty(answer.jsonPath()));
    }
    sweep(published.size());
    if (!STAY) {
      say("", "An event of your own:    ./mvnw -Plocal -Devent=FILE");
      say("Another answer:          ./mvnw -Plocal -Dgraph=NAME (" + LocalGraph.options() + ")");
      say("Keep it up for curl:     ./mvnw -Plocal -Dstay", "");
    } else {
      stay();
    }
  }

  /** In AWS the schedule does this, every five minutes. */
  private void sweep(int publishedBefore) {
    if (outside.ledger().items().stream().noneMatch(item -> item.containsKey("due"))) {
      return;
    }
    GRAPH.beforeTheSweep(outside.graph());
    say("", "The sweep that follows:");
    sweep.sweep(Payload.of("{}"));
    List<Message> published = outside.topic().messages();
    published.subList(publishedBefore, published.size()).forEach(LocalRun::show);
  }

  private static void show(Message message) {
    say("", "The message on the SNS topic, with the attributes " + message.attributes() + ":");
    say(pretty(message.body()));
  }

  private static String function() {
    try {
      return FunctionFor.event(Files.readString(FILE));
    } catch (IOException e) {
      // The run itself says that the file cannot be read.
      return "migrate";
    }
  }

  private static String pretty(JsonPath json) {
    return JSON.valueToTree(json.get()).toPrettyString();
  }

  private static void stay() throws InterruptedException {
    say("", "It stays up until Ctrl-C. From another shell:");
    say("  curl -d @infra/events/direct.json http://localhost:" + EventServer.port() + "/", "");
    new CountDownLatch(1).await();
  }

  private static void say(String... lines) {
    for (String line : lines) {
      System.out.println(line);
    }
  }
}
