package dev.numberferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.event.Payload;
import dev.numberferry.function.SweepFunction;
import dev.numberferry.metrics.CheckedLines;
import dev.numberferry.standin.EventServer;
import dev.numberferry.standin.StandIns;
import dev.numberferry.standin.TopicStandIn.Message;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;

/** One event through the real function for events of its kind, told as it happens. */
final class LocalStory {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private final LocalOptions options;
  private final StandIns outside;
  private final SweepFunction sweep;
  private final Consumer<String> listener;

  LocalStory(
      LocalOptions options, StandIns outside, SweepFunction sweep, Consumer<String> listener) {
    this.options = options;
    this.outside = outside;
    this.sweep = sweep;
    this.listener = listener;
  }

  void tell() throws IOException {
    Path file = options.event();
    assertThat(file).as("The event file given with -Devent=FILE").isReadable();
    CheckedLines.readBy(options.json() ? listener : line -> {});
    outside.resetToAnyNumber();
    options.graph().during(outside.graph());
    say("", "Number Ferry, local run. S3, Secrets Manager, SNS and the Graph API are stand-ins.");
    say("In this run " + options.graph().words() + ".");
    say("", "What the function " + options.function() + " does with the event in " + file + ":");

    Response answer = EventServer.given().body(Files.readString(file)).post();

    for (var request : outside.graph().registers()) {
      say("", "WhatsApp's stand-in was asked, without the secrets:");
      say("  " + request.getMethod() + " " + request.getUrl().replaceAll("\\?.*", ""));
    }
    List<Message> published = outside.topic().messages();
    published.forEach(this::show);
    if (published.size() == 1 && published.get(0).body().get().equals(answer.path("$"))) {
      say("", "The function's answer is the same.");
    } else {
      say("", "The function's answer, with the HTTP status " + answer.statusCode() + ":");
      say(pretty(answer.jsonPath()));
    }
    outside.ledger().allDue().ifPresent(it -> sweep(it, published.size()));
    say(options.whatNext());
  }

  /** In AWS the schedule does this, every five minutes. */
  private void sweep(Instant due, int publishedBefore) {
    options.graph().beforeTheSweep(outside.graph());
    outside.ledger().passOverTimeUntil(due);
    say("", "The sweep that follows. It looks at the number from " + TIME.format(due) + " on, and");
    say("the time until then is passed over:");
    sweep.sweep(Payload.of("{}"));
    List<Message> published = outside.topic().messages();
    published.subList(publishedBefore, published.size()).forEach(this::show);
  }

  private void show(Message message) {
    say("", "The message on the SNS topic, with the attributes " + message.attributes() + ":");
    say(pretty(message.body()));
  }

  private static String pretty(JsonPath json) {
    return JSON.valueToTree(json.get()).toPrettyString();
  }

  private void say(String... lines) {
    List.of(lines).forEach(listener);
  }
}
