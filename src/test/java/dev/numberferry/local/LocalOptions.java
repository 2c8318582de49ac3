package dev.numberferry.local;

import dev.numberferry.standin.StandIns;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What {@code ./mvnw -Plocal} was asked for.
 *
 * @param event {@code -Devent=FILE}
 * @param graph {@code -Dgraph=NAME}
 * @param address {@code -Dstay}, or {@code -Dstay=ADDRESS}: where the stand-ins listen that stay up
 * @param json {@code -Djson}: log lines as a function that is deployed writes them
 */
record LocalOptions(Path event, LocalGraph graph, Optional<String> address, boolean json) {

  /** What Maven makes of an option without a value. */
  private static final String GIVEN = "true";

  private static final String LOOPBACK = "127.0.0.1";

  private static final List<Integer> PORTS =
      List.of(StandIns.AWS_PORT, StandIns.GRAPH_PORT, StandIns.EVENTS_PORT);

  static LocalOptions of(Properties properties) {
    return new LocalOptions(
        Path.of(properties.getProperty("event", "infra/events/direct.json")),
        LocalGraph.of(properties.getProperty("graph", "moves")),
        Optional.ofNullable(properties.getProperty("stay"))
            .map(it -> it.equals(GIVEN) ? LOOPBACK : it),
        properties.containsKey("json"));
  }

  boolean stays() {
    return address.isPresent();
  }

  /** The function that the event is for. */
  String function() {
    try {
      return FunctionFor.event(Files.readString(event));
    } catch (IOException e) {
      // The run itself says that the file cannot be read.
      return "migrate";
    }
  }

  /** What the stand-ins are started with. */
  Map<String, String> standIns() {
    Map<String, String> arguments = new HashMap<>();
    arguments.put("function", function());
    address.ifPresent(it -> arguments.putAll(Map.of("stay", "on fixed ports", "address", it)));
    return arguments;
  }

  /** What the function is started with: its log is on the console. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.log.console.enabled", "true");
    settings.put("quarkus.log.category.\"com.amazonaws\".level", "WARN");
    if (json) {
      settings.put("quarkus.log.console.json.enabled", "true");
    } else {
      settings.put("quarkus.log.console.format", "  %d{HH:mm:ss.SSS} %-5p %m%n");
    }
    if (stays()) {
      settings.put(
          "quarkus.lambda.mock-event-server.test-port", String.valueOf(StandIns.EVENTS_PORT));
    }
    return settings;
  }

  /** The same without staying up. */
  LocalOptions ending() {
    return new LocalOptions(event, graph, Optional.empty(), json);
  }

  /** Which of the ports that it stays on is taken, and what to do. */
  Optional<String> takenPort() {
    return (stays() ? PORTS : List.<Integer>of())
        .stream().flatMap(it -> taken(it).stream()).findFirst();
  }

  static Optional<String> taken(int port) {
    try {
      new ServerSocket(port).close();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "Port %d of this machine is taken: end what listens there, such as another -Dstay."
              .formatted(port));
    }
  }

  /** What can be done when the story is over. */
  String whatNext() {
    return stays() ? whileItStays() : otherRuns();
  }

  private String otherRuns() {
    return """

    An event of your own:    ./mvnw -Plocal -Devent=FILE
    Another answer:          ./mvnw -Plocal -Dgraph=NAME (%s)
    The lines as deployed:   ./mvnw -Plocal -Djson
    Keep it up for curl:     ./mvnw -Plocal -Dstay
    """
        .formatted(LocalGraph.options());
  }

  private String whileItStays() {
    return """

    It stays up until Ctrl-C: AWS on port %d, WhatsApp on %d, events on %d. From another shell:

      curl -d @%s http://localhost:%3$d/

    The same event again is answered as before; with another phoneNumberId it moves that number.
    The native function, with target/function.zip, Docker and SAM CLI:

      sam local invoke Migrate -t infra/template.yaml -e infra/events/direct.json
      sam local start-api -t infra/template.yaml

    docs/install.md has more of these under "On a laptop".
    """
        .formatted(StandIns.AWS_PORT, StandIns.GRAPH_PORT, StandIns.EVENTS_PORT, event);
  }
}
