package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in for SQS: the queue that the API sends migrations to, and those whose messages are
 * hidden. Nobody receives from it.
 */
public final class QueueStandIn extends ServiceStandIn {

  private static final String HIDE = "ChangeMessageVisibility";

  private final WireMockServer server;
  private final List<String> sent = new CopyOnWriteArrayList<>();

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

  @Override
  ResponseDefinitionBuilder answer(Request request) {
    if (operation(request).equals(HIDE)) {
      return aResponse().withBody("{}");
    }
    String body = Bodies.json(request.getBody()).path("MessageBody").asText();
    sent.add(body);
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("MessageId", "1");
    return aResponse().withBody(answer.put("MD5OfMessageBody", md5(body)).toString());
  }

  @Override
  String name(Request request) {
    return "SQS." + operation(request);
  }

  @Override
  void reset() {
    sent.clear();
  }

  private static String target(String operation) {
    return "AmazonSQS." + operation;
  }

  private static String md5(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
