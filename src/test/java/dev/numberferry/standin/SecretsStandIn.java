package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Stands in for Secrets Manager: secrets with versions. */
public final class SecretsStandIn extends ServiceStandIn {

  private record Version(String id, String text) {}

  private final WireMockServer server;
  private final Map<String, Version> current = new ConcurrentHashMap<>();
  private final Map<String, Version> versions = new ConcurrentHashMap<>();
  private volatile Version any;

  SecretsStandIn(WireMockServer server) {
    this.server = server;
  }

  /** Stores a secret and answers its version. */
  public String put(String id, String text) {
    return put(id, text, UUID.randomUUID().toString());
  }

  private String put(String id, String text, String version) {
    Version stored = new Version(version, text);
    current.put(id, stored);
    versions.put(id + "@" + version, stored);
    return version;
  }

  /** The current text of a secret. */
  public String get(String id) {
    return current.get(id).text();
  }

  /** Deletes a secret. */
  public void remove(String id) {
    current.remove(id);
  }

  /** Forgets a version of a secret, as Secrets Manager does with old ones. */
  public void forgetVersion(String id, String version) {
    versions.remove(id + "@" + version);
  }

  /** Whatever secret is asked for and was not stored is this one. */
  public void answersEverythingWith(String secret) {
    any = new Version("any-secret", secret);
  }

  /** An operation is answered with an error from now on. */
  public void fails(String operation, int status, String code) {
    fails(operation, "", status, code);
  }

  /** An operation on one secret is answered with an error from now on. */
  public void fails(String operation, String id, int status, String code) {
    fails(operation, id, status, code, "made up");
  }

  /** The same, with a text of AWS's. */
  public void fails(String operation, String id, int status, String code, String message) {
    answers(
        operation,
        id,
        aResponse()
            .withStatus(status)
            .withBody("{\"__type\": \"%s\", \"Message\": \"%s\"}".formatted(code, message)));
  }

  /** Only the version with this label may be read, as a policy can say it. */
  public void letsReadOnly(String stage) {
    server.stubFor(
        post("/")
            .withHeader("X-Amz-Target", equalTo("secretsmanager.GetSecretValue"))
            .withRequestBody(notContaining("\"VersionStage\":\"" + stage + "\""))
            .willReturn(
                aResponse().withStatus(400).withBody("{\"__type\": \"AccessDeniedException\"}")));
  }

  /** An operation is answered with anything from now on. */
  public void answers(String operation, int status, String body) {
    answers(operation, "", aResponse().withStatus(status).withBody(body));
  }

  /** A secret holds bytes and no text. */
  public void holdsBinary(String id) {
    answers(
        "GetSecretValue",
        id,
        aResponse().withBody("{\"VersionId\": \"binary\", \"SecretBinary\": \"AAEC\"}"));
  }

  private void answers(String operation, String id, ResponseDefinitionBuilder answer) {
    server.stubFor(
        post("/")
            .withHeader("X-Amz-Target", equalTo("secretsmanager." + operation))
            .withRequestBody(containing(id))
            .willReturn(answer));
  }

  /** How often an operation was asked for. */
  public int calls(String operation) {
    return (int)
        server.findAll(postRequestedFor(urlEqualTo("/"))).stream()
            .filter(
                request ->
                    ("secretsmanager." + operation).equals(request.getHeader("X-Amz-Target")))
            .count();
  }

  @Override
  ResponseDefinitionBuilder answer(Request request) {
    String operation = operation(request);
    JsonNode body = Bodies.json(request.getBody());
    String id = body.path("SecretId").asText();
    if (operation.equals("PutSecretValue") && current.containsKey(id)) {
      put(id, body.path("SecretString").asText(), body.path("ClientRequestToken").asText());
    }
    Version version =
        body.has("VersionId")
            ? versions.get(id + "@" + body.path("VersionId").asText())
            : current.getOrDefault(id, any);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (version == null) {
      answer.put("__type", "ResourceNotFoundException").put("Message", "no such secret");
      return aResponse().withStatus(400).withBody(answer.toString());
    }
    answer.put("Name", id).put("VersionId", version.id());
    if (operation.equals("GetSecretValue")) {
      answer.put("SecretString", version.text());
    }
    return aResponse().withBody(answer.toString());
  }

  @Override
  String name(Request request) {
    return "SecretsManager." + operation(request);
  }

  @Override
  void reset() {
    current.clear();
    versions.clear();
    any = null;
  }
}
