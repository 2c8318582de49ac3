package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in for SQS: the queue that the API sends migrations to, and those whose messages are
 * hidden. Nobody receives from it.
 */
public final class QueueStandIn extends ServiceStandIn {

  private static final String HIDE = "ChangeMessageVisibility";

  private final WireMockServer server;
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> attributes = new CopyOnWriteArrayList<>();

  QueueStandIn(WireMockServer server) {
    this.server = server;
  }

  /** Every request to hide a message, oldest first, also those that were refused. */
  public List<JsonPath> hidden() {
    return server
        .findAll(
            postRequestedFor(urlEqualTo("/")).withHeader("X-Amz-Target", equalTo(target(HIDE))))
        .stream()
        .map(request -> JsonPath.from(request.getBodyAsString()))
        .toList();
  }

  /** Every request to hide a message is answered with an error from now on. */
  public void doesNotHide(int status, String code) {
    server.stubFor(
        post("/")
            .withHeader("X-Amz-Target", equalTo(target(HIDE)))
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withBody("{\"__type\": \"com.amazonaws.sqs#" + code + "\"}")));
  }

  /** The bodies of all messages that were sent to it, oldest first. */
  public List<String> sent() {
    return List.copyOf(sent);
  }

  /** The attributes of each of these, all of which are texts. */
  public List<Map<String, String>> attributes() {
    return List.copyOf(attributes);
  }

  @Override
  ResponseDefinitionBuilder answer(Request request) {
    if (operation(request).equals(HIDE)) {
      return aResponse().withBody("{}");
    }
    JsonNode message = Bodies.json(request.getBody());
    String body = message.path("MessageBody").asText();
    SortedMap<String, String> texts = texts(message.path("MessageAttributes"));
    sent.add(body);
    attributes.add(texts);
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("MessageId", "1");
    answer.put("MD5OfMessageBody", md5(body.getBytes(StandardCharsets.UTF_8)));
    if (!texts.isEmpty()) {
      answer.put("MD5OfMessageAttributes", md5(digested(texts)));
    }
    return aResponse().withBody(answer.toString());
  }

  private static SortedMap<String, String> texts(JsonNode attributes) {
    SortedMap<String, String> texts = new TreeMap<>();
    attributes
        .properties()
        .forEach(it -> texts.put(it.getKey(), it.getValue().path("StringValue").asText()));
    return texts;
  }

  /** What SQS makes its digest of. Source: SQS's page on the MD5 of message attributes. */
  private static byte[] digested(SortedMap<String, String> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    texts.forEach(
        (name, value) -> {
          bytes.writeBytes(withLength(name));
          bytes.writeBytes(withLength("String"));
          bytes.write(1);
          bytes.writeBytes(withLength(value));
        });
    return bytes.toByteArray();
  }

  private static byte[] withLength(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + bytes.length)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  @Override
  String name(Request request) {
    return "SQS." + operation(request);
  }

  @Override
  void reset() {
    sent.clear();
    attributes.clear();
  }

  private static String target(String operation) {
    return "AmazonSQS." + operation;
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
