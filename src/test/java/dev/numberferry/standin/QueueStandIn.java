package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for SQS: the queue that the API sends migrations to. Nobody receives from it. */
public final class QueueStandIn extends ServiceStandIn {

  private final List<JsonNode> sent = new CopyOnWriteArrayList<>();

  QueueStandIn() {}

  /** The bodies of all messages that were sent to it, oldest first. */
  public List<JsonNode> sent() {
    return List.copyOf(sent);
  }

  @Override
  ResponseDefinitionBuilder answer(Request request) {
    String body = Bodies.json(request.getBody()).path("MessageBody").asText();
    sent.add(Bodies.json(body));
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

  private static String md5(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
