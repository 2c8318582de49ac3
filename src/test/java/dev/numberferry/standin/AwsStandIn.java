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
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

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
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Secrets Manager, S3, SNS and DynamoDB on one loopback port, as far as Number Ferry uses them:
 * secrets with versions, objects with versions, the messages that a topic took, and DynamoDB Local.
 * A machine needs nothing but a JDK for it; where moto is at hand, the native binary is tested
 * against that as well.
 */
public final class AwsStandIn implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path LOGS = Path.of("target", "test-logs");

  /** A message that the topic took. */
  public record Message(JsonNode body, Map<String, String> attributes) {}

  /** A version of a secret or of an object. */
  public record Version(String id, byte[] content) {
    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  private final DynamoStandIn dynamo = new DynamoStandIn();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Version> secrets = new ConcurrentHashMap<>();
  private final Map<String, Version> secretVersions = new ConcurrentHashMap<>();
  private final Map<String, String> metadata = new ConcurrentHashMap<>();
  private final List<JsonNode> queued = new CopyOnWriteArrayList<>();
  private final Map<String, Version> objects = new ConcurrentHashMap<>();
  private final List<Message> taken = new CopyOnWriteArrayList<>();
  private final Calls calls = new Calls(AwsStandIn::name);
  private final WireMockServer server;

  private volatile Clock ledgerClock;
  private Version anySecret;
  private Version anyObject;

  /** On any free port. */
  public AwsStandIn() {
    this(0);
  }

  /** On this port. */
  public AwsStandIn(int port) {
    server =
        new WireMockServer(
            options().port(port).bindAddress("127.0.0.1").extensions(new Answers(), calls));
  }

  public AwsStandIn start() {
    dynamo.start();
    server.start();
    resetAwsOnly();
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
    dynamo.reset();
    resetAwsOnly();
  }

  /** Everything in the ledger's table. */
  public List<Map<String, AttributeValue>> ledger() {
    return dynamo.items();
  }

  /** Puts an item into the ledger's table. */
  public void putLedger(Map<String, AttributeValue> item) {
    dynamo.put(item);
  }

  /** Forgets a version of a secret, as Secrets Manager does with old ones. */
  public void forgetSecretVersion(String id, String version) {
    secretVersions.remove(id + "@" + version);
  }

  /** Tells a listener of every call from now on. */
  public void listener(CallListener listener) {
    calls.listener(listener);
  }

  /** DynamoDB's answers tell this clock's time from now on; before, they tell none. */
  public void ledgerClock(Clock clock) {
    ledgerClock = clock;
  }

  private void resetAwsOnly() {
    server.resetAll();
    taken.clear();
    ledgerClock = null;
    secrets.clear();
    secretVersions.clear();
    objects.clear();
    metadata.clear();
    queued.clear();
    anySecret = null;
    anyObject = null;
    server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withTransformers("aws")));
  }

  /** Secrets Manager answers an operation with an error from now on. */
  public void fails(String operation, int status, String code) {
    fails(operation, "", status, code);
  }

  /** Secrets Manager answers an operation on one secret with an error from now on. */
  public void fails(String operation, String secretId, int status, String code) {
    server.stubFor(
        post("/")
            .withHeader("X-Amz-Target", equalTo("secretsmanager." + operation))
            .withRequestBody(containing(secretId))
            .willReturn(aResponse().withStatus(status).withBody("{\"__type\": \"" + code + "\"}")));
  }

  /**
   * DynamoDB answers an operation, where the request contains a text, with an error from now on.
   */
  public void ledgerFails(String operation, String containing) {
    server.stubFor(
        post("/")
            .withHeader("X-Amz-Target", equalTo("DynamoDB_20120810." + operation))
            .withRequestBody(containing(containing))
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withBody(
                        "{\"__type\":"
                            + " \"com.amazonaws.dynamodb.v20120810#AccessDeniedException\"}")));
  }

  /** Everything works again; what was stored and asked stays. */
  public void recovers() {
    server.resetMappings();
    server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withTransformers("aws")));
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
    return putSecret(id, text, UUID.randomUUID().toString());
  }

  private String putSecret(String id, String text, String version) {
    Version stored = new Version(version, text.getBytes(StandardCharsets.UTF_8));
    secrets.put(id, stored);
    secretVersions.put(id + "@" + version, stored);
    return version;
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

  /** Sets a piece of metadata of every object. */
  public void putMetadata(String name, String value) {
    metadata.put(name, value);
  }

  /** The bodies of all messages that were sent to the queue, oldest first. */
  public List<JsonNode> queued() {
    return List.copyOf(queued);
  }

  /** Deletes an object. */
  public void removeObject(String bucket, String key) {
    objects.remove(bucket + "/" + key);
  }

  /** Deletes a secret. */
  public void removeSecret(String id) {
    secrets.remove(id);
  }

  /** Stores an object and answers its version. */
  public String putObject(String bucket, String key, byte[] content) {
    String version = UUID.randomUUID().toString();
    objects.put(bucket + "/" + key, new Version(version, content));
    return version;
  }

  /** Every message that SNS was asked to publish, oldest first. */
  public List<Message> messages() {
    return server.findAll(postRequestedFor(urlEqualTo("/"))).stream()
        .map(request -> form(request.getBodyAsString()))
        .filter(form -> "Publish".equals(form.get("Action")))
        .map(AwsStandIn::message)
        .toList();
  }

  /** Every message that the topic took, oldest first. */
  public List<Message> taken() {
    return List.copyOf(taken);
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
    dynamo.close();
  }

  /** Keeps what was sent, to be searched for secrets when all tests are over. */
  private static synchronized void keep(String file, String sent) {
    try {
      Files.createDirectories(LOGS);
      Files.writeString(
          LOGS.resolve(file), sent + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
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

  private static String name(Request request) {
    String target = request.getHeader("X-Amz-Target");
    if (target == null) {
      return request.getMethod().getName().equals("POST")
          ? "SNS." + form(request.getBodyAsString()).get("Action")
          : "S3.GetObject";
    }
    String operation = target.substring(target.indexOf('.') + 1);
    if (!target.startsWith("DynamoDB")) {
      return (target.startsWith("AmazonSQS") ? "SQS." : "SecretsManager.") + operation;
    }
    return operation.equals("PutItem")
        ? "DynamoDB.PutItem (" + purpose(json(request.getBody())) + ")"
        : "DynamoDB." + operation;
  }

  /** What an entry is written for, as its newest attempt tells. */
  private static String purpose(JsonNode putItem) {
    String entry = putItem.at("/Item/entry/S").asText();
    JsonNode attempts = json(entry.getBytes(StandardCharsets.UTF_8)).path("attempts");
    if (attempts.isEmpty()) {
      return "last result";
    }
    JsonNode newest = attempts.get(attempts.size() - 1);
    if (!newest.has("result")) {
      return "claim";
    }
    return newest.path("published").asBoolean() ? "published" : "result";
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
        return target.startsWith("DynamoDB")
            ? dynamo(request).build()
            : target.startsWith("AmazonSQS")
                ? sqs(json(request.getBody())).build()
                : secretsManager(target, json(request.getBody())).build();
      }
      return (request.getMethod().getName().equals("POST") ? sns(request) : s3(request)).build();
    }
  }

  /** DynamoDB Local answers. */
  private ResponseDefinitionBuilder dynamo(Request request) {
    keep("ledger.log", request.getBodyAsString());
    HttpRequest.Builder passedOn =
        HttpRequest.newBuilder(URI.create(dynamo.url()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.getBody()));
    for (String header : List.of("X-Amz-Target", "Authorization", "X-Amz-Date", "Content-Type")) {
      passedOn.header(header, request.getHeader(header));
    }
    try {
      var answer = http.send(passedOn.build(), HttpResponse.BodyHandlers.ofByteArray());
      var passedBack = aResponse().withStatus(answer.statusCode()).withBody(answer.body());
      Clock clock = ledgerClock;
      return clock == null ? passedBack : passedBack.withHeader("Date", date(clock));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private ResponseDefinitionBuilder sqs(JsonNode request) {
    String body = request.path("MessageBody").asText();
    queued.add(json(body.getBytes(StandardCharsets.UTF_8)));
    ObjectNode answer = JSON.createObjectNode().put("MessageId", "1");
    return aResponse().withBody(answer.put("MD5OfMessageBody", md5(body)).toString());
  }

  private static String md5(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private ResponseDefinitionBuilder secretsManager(String target, JsonNode request) {
    String id = request.path("SecretId").asText();
    if (target.endsWith(".PutSecretValue") && secrets.containsKey(id)) {
      putSecret(
          id, request.path("SecretString").asText(), request.path("ClientRequestToken").asText());
    }
    Version version =
        request.has("VersionId")
            ? secretVersions.get(id + "@" + request.path("VersionId").asText())
            : secrets.getOrDefault(id, anySecret);
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
    ResponseDefinitionBuilder answer =
        aResponse().withHeader("x-amz-version-id", version.id()).withBody(version.content());
    metadata.forEach((name, value) -> answer.withHeader("x-amz-meta-" + name, value));
    return answer;
  }

  private static String date(Clock clock) {
    return RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
  }

  private ResponseDefinitionBuilder sns(Request request) {
    Map<String, String> form = form(request.getBodyAsString());
    keep("messages.log", form.toString());
    taken.add(message(form));
    return aResponse()
        .withHeader("Content-Type", "text/xml")
        .withBody(
            "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
                + "<MessageId>1</MessageId></PublishResult></PublishResponse>");
  }
}
