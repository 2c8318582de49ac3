package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import dev.numberferry.schema.Contract;
import io.restassured.path.json.JsonPath;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for SNS: the topic of the results, and what was published on it. */
public final class TopicStandIn extends ServiceStandIn {

  /**
   * A message to the topic.
   *
   * @param text as programs get it
   * @param subject of its mail; empty where it has none
   * @param mail the text of its mail; empty where it has none
   */
  public record Message(String text, Map<String, String> attributes, String subject, String mail) {
    public JsonPath body() {
      return JsonPath.from(text);
    }

    public Object status() {
      return body().getMap("$").get("status");
    }
  }

  /** In bytes. Source: SNS's page on quotas. */
  private static final int LARGEST = 262_144;

  private final WireMockServer server;
  private final List<Message> taken = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();

  TopicStandIn(WireMockServer server) {
    this.server = server;
  }

  /** Every message that it was asked to publish, oldest first. */
  public List<Message> messages() {
    return server.findAll(postRequestedFor(urlEqualTo("/"))).stream()
        .map(request -> form(request.getBodyAsString()))
        .filter(form -> "Publish".equals(form.get("Action")))
        .map(TopicStandIn::message)
        .toList();
  }

  /** Every message that it took, oldest first. */
  public List<Message> taken() {
    return List.copyOf(taken);
  }

  /** The next message is refused for what it is made of, as SNS does with a subject. */
  public void refusesOnce() {
    refusals.set(1);
  }

  /** Every message is answered with an error from now on. */
  public void fails() {
    fails("");
  }

  /** Every message that contains a word is answered with an error from now on. */
  public void fails(String word) {
    server.stubFor(
        post("/")
            .withRequestBody(containing("Action=Publish"))
            .withRequestBody(containing(word))
            .willReturn(
                aResponse()
                    .withStatus(403)
                    .withBody(
                        "<ErrorResponse><Error><Code>AuthorizationError</Code></Error></ErrorResponse>")));
  }

  @Override
  ResponseDefinitionBuilder answer(Request request) {
    Map<String, String> form = form(request.getBodyAsString());
    Message message = message(form);
    Contract.message(message.text(), message.attributes());
    Bodies.keep("messages.log", form.toString());
    Bodies.keep("messages.log", message.text() + message.mail());
    if (refusals.getAndUpdate(it -> Math.max(0, it - 1)) > 0) {
      return refused();
    }
    if (size(form) > LARGEST) {
      return refused();
    }
    taken.add(message);
    return aResponse()
        .withHeader("Content-Type", "text/xml")
        .withBody(
            "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
                + "<MessageId>1</MessageId></PublishResult></PublishResponse>");
  }

  private static ResponseDefinitionBuilder refused() {
    return aResponse()
        .withStatus(400)
        .withBody("<ErrorResponse><Error><Code>InvalidParameter</Code></Error></ErrorResponse>");
  }

  @Override
  String name(Request request) {
    return "SNS." + form(request.getBodyAsString()).get("Action");
  }

  /** A message counts with its attributes: their names, types and values. */
  private static int size(Map<String, String> form) {
    return form.entrySet().stream()
        .filter(it -> it.getKey().matches("Message|Subject|MessageAttributes\\..*"))
        .mapToInt(it -> it.getValue().getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  @Override
  void reset() {
    taken.clear();
    refusals.set(0);
  }

  private static Message message(Map<String, String> form) {
    Map<String, String> attributes = new HashMap<>();
    String entry = "MessageAttributes.entry.";
    for (int i = 1; form.containsKey(entry + i + ".Name"); i++) {
      attributes.put(form.get(entry + i + ".Name"), form.get(entry + i + ".Value.StringValue"));
    }
    String text = form.get("Message");
    if (!"json".equals(form.get("MessageStructure"))) {
      return new Message(text, attributes, form.getOrDefault("Subject", ""), "");
    }
    JsonNode forms = Bodies.json(text);
    return new Message(
        forms.path("default").asText(),
        attributes,
        form.get("Subject"),
        forms.path("email").asText());
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    Arrays.stream(body.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return form;
  }
}
