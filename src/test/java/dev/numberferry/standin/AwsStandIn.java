package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Secrets Manager, S3 and SNS on one loopback port, as far as Number Ferry uses them: secrets with
 * versions, objects with versions, and the messages that a topic took. A machine needs nothing but
 * a JDK for it; where moto is at hand, the native binary is tested against that as well.
 */
public final class AwsStandIn implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path LOG = Path.of("target", "test-logs", "messages.log");

  /** A message that the topic took. */
  public record Message(JsonNode body, Map<String, String> attributes) {}

  /** A version of a secret or of an object. */
  public record Version(String id, byte[] content) {
    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  private final Map<String, Version> secrets = new ConcurrentHashMap<>();
  private final Map<String, Version> objects = new ConcurrentHashMap<>();
  private final WireMockServer server =
      new WireMockServer(
          options().dynamicPort().bindAddress("127.0.0.1").extensions(new Answers()));

  private Version anySecret;
  private Version anyObject;

  /** Starts on a free port. */
  public AwsStandIn start() {
    server.start();
    reset();
    return this;
  }

  /**
   * By address and not by name: the SDK then puts a bucket into the path, and not before the host.
   */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Forgets everything but its port. */
  public void reset() {
    server.resetAll();
    secrets.clear();
    objects.clear();
    anySecret = null;
    anyObject = null;
    server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withTransformers("aws")));
  }

  /** Secrets Manager answers an operation with an error from now on. */
  public void fails(String operation, int status, String code) {
    server.stubFor(
        post("/")
            .withHeader("X-Amz-Target", equalTo("secretsmanager." + operation))
            .willReturn(aResponse().withStatus(status).withBody("{\"__type\": \"" + code + "\"}")));
  }

  /** S3 answers with an error from now on. */
  public void objectFails(int status, String code) {
    server.stubFor(
        get(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withBody("<Error><Code>" + code + "</Code></Error>")));
  }

  /** SNS answers with an error from now on. */
  public void topicFails() {
    server.stubFor(
        post("/")
            .withRequestBody(containing("Action=Publish"))
            .willReturn(
                aResponse()
                    .withStatus(403)
                    .withBody(
                        "<ErrorResponse><Error><Code>AuthorizationError</Code></Error></ErrorResponse>")));
  }

  /** Stores a secret and answers its version. */
  public String putSecret(String id, String text) {
    return put(secrets, id, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whatever secret or object is asked for and was not stored is this one. */
  public void answersEverythingWith(String secret, byte[] object) {
    anySecret = new Version("any-secret", secret.getBytes(StandardCharsets.UTF_8));
    anyObject = new Version("any-object", object);
  }

  /** The current text of a secret, as JSON. */
  public JsonNode secret(String id) {
    return json(secrets.get(id).content());
  }

  /** Stores an object and answers its version. */
  public String putObject(String bucket, String key, byte[] content) {
    return put(objects, bucket + "/" + key, content);
  }

  /** Every message that SNS was asked to publish, oldest first. */
  public List<Message> messages() {
    return server.findAll(postRequestedFor(urlEqualTo("/"))).stream()
        .map(request -> form(request.getBodyAsString()))
        .filter(form -> "Publish".equals(form.get("Action")))
        .map(AwsStandIn::message)
        .toList();
  }

  /** How often Secrets Manager was asked for an operation. */
  public int secretCalls(String operation) {
    return (int)
        server.findAll(postRequestedFor(urlEqualTo("/"))).stream()
            .filter(
                request ->
                    ("secretsmanager." + operation).equals(request.getHeader("X-Amz-Target")))
            .count();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static String put(Map<String, Version> store, String id, byte[] content) {
    String version = UUID.randomUUID().toString();
    store.put(id, new Version(version, content));
    return version;
  }

  /** Keeps what went to the topic, to be searched for secrets when all tests are over. */
  private static synchronized void log(Map<String, String> form) {
    try {
      Files.createDirectories(LOG.getParent());
      Files.writeString(LOG, form + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Message message(Map<String, String> form) {
    Map<String, String> attributes = new HashMap<>();
    String entry = "MessageAttributes.entry.";
    for (int i = 1; form.containsKey(entry + i + ".Name"); i++) {
      attributes.put(form.get(entry + i + ".Name"), form.get(entry + i + ".Value.StringValue"));
    }
    return new Message(json(form.get("Message").getBytes(StandardCharsets.UTF_8)), attributes);
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    Arrays.stream(body.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return form;
  }

  private static JsonNode json(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Answers implements ResponseDefinitionTransformerV2 {

    @Override
    public String getName() {
      return "aws";
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      Request request = event.getRequest();
      String target = request.getHeader("X-Amz-Target");
      if (target != null) {
        return secretsManager(target, json(request.getBody())).build();
      }
      return (request.getMethod().getName().equals("POST") ? sns(request) : s3(request)).build();
    }
  }

  private ResponseDefinitionBuilder secretsManager(String target, JsonNode request) {
    String id = request.path("SecretId").asText();
    if (target.endsWith(".PutSecretValue") && secrets.containsKey(id)) {
      putSecret(id, request.path("SecretString").asText());
    }
    Version version = secrets.getOrDefault(id, anySecret);
    ObjectNode answer = JSON.createObjectNode();
    if (version == null) {
      answer.put("__type", "ResourceNotFoundException").put("Message", "no such secret");
      return aResponse().withStatus(400).withBody(answer.toString());
    }
    answer.put("Name", id).put("VersionId", version.id());
    if (target.endsWith(".GetSecretValue")) {
      answer.put("SecretString", version.text());
    }
    return aResponse().withBody(answer.toString());
  }

  private ResponseDefinitionBuilder s3(Request request) {
    String path =
        URLDecoder.decode(request.getUrl().replaceAll("\\?.*", ""), StandardCharsets.UTF_8);
    Version version = objects.getOrDefault(path.substring(1), anyObject);
    if (version == null) {
      return aResponse()
          .withStatus(404)
          .withBody("<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>");
    }
    return aResponse().withHeader("x-amz-version-id", version.id()).withBody(version.content());
  }

  private static ResponseDefinitionBuilder sns(Request request) {
    log(form(request.getBodyAsString()));
    return aResponse()
        .withHeader("Content-Type", "text/xml")
        .withBody(
            "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
                + "<MessageId>1</MessageId></PublishResult></PublishResponse>");
  }
}
