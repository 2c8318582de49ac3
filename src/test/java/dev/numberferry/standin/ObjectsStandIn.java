package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Stands in for S3: objects, each with its version. */
public final class ObjectsStandIn extends ServiceStandIn {

  @SuppressWarnings("ArrayRecordComponent")
  private record Version(String id, byte[] content) {}

  private final WireMockServer server;
  private final Map<String, Version> objects = new ConcurrentHashMap<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final Map<String, String> metadata = new ConcurrentHashMap<>();
  private volatile Version any;

  ObjectsStandIn(WireMockServer server) {
    this.server = server;
  }

  /** Stores an object and answers its version. */
  public String put(String bucket, String key, byte[] content) {
    String version = UUID.randomUUID().toString();
    objects.put(bucket + "/" + key, new Version(version, content));
    deleted.remove(bucket + "/" + key);
    return version;
  }

  /** The id of an object's current version. */
  public String version(String bucket, String key) {
    return objects.get(bucket + "/" + key).id();
  }

  /** Deletes an object as a bucket with versions does: with a mark over them, which stay. */
  public void markDeleted(String bucket, String key) {
    deleted.add(bucket + "/" + key);
  }

  /** Deletes an object with all its versions. */
  public void remove(String bucket, String key) {
    objects.remove(bucket + "/" + key);
  }

  /** Sets a piece of metadata of every object. */
  public void putMetadata(String name, String value) {
    metadata.put(name, value);
  }

  /** The content of an object; nothing where there is none. */
  public Optional<byte[]> content(String bucket, String key) {
    return Optional.ofNullable(objects.get(bucket + "/" + key)).map(Version::content);
  }

  /** The keys of all objects in a bucket, in their order. */
  public List<String> keys(String bucket) {
    return objects.keySet().stream()
        .filter(it -> it.startsWith(bucket + "/"))
        .map(it -> it.substring(bucket.length() + 1))
        .sorted()
        .toList();
  }

  /** Writing an object whose key has this in it is denied from now on. */
  public void deniesWriting(String inKey) {
    answers(
        WireMock.put(urlPathMatching(".*" + inKey + ".*")),
        403,
        "<Error><Code>AccessDenied</Code></Error>",
        Map.of());
  }

  /**
   * Whatever object of the backups is asked for and was not stored is this one, and whatever
   * version an event names of it is the current one.
   */
  public void answersEverythingWith(byte[] content) {
    any = new Version("any-object", content);
  }

  /** Every object is answered with an error from now on. */
  public void fails(int status, String code) {
    answers(get(anyUrl()), status, "<Error><Code>" + code + "</Code></Error>", Map.of());
  }

  /** Every object is answered with an error of any form from now on. */
  public void answers(int status, String body, Map<String, String> headers) {
    answers(get(anyUrl()), status, body, headers);
  }

  /** Every question about an object, which is answered without a body, has an error from now on. */
  public void answersHead(int status, Map<String, String> headers) {
    answers(head(anyUrl()), status, "", headers);
  }

  /** The same for every question about the current version. */
  public void answersHeadOfCurrent(int status) {
    answers(head(anyUrl()).withQueryParam("versionId", absent()), status, "", Map.of());
  }

  private void answers(
      MappingBuilder request, int status, String body, Map<String, String> headers) {
    ResponseDefinitionBuilder answer = aResponse().withStatus(status).withBody(body);
    headers.forEach(answer::withHeader);
    server.stubFor(request.willReturn(answer));
  }

  @Override
  ResponseDefinitionBuilder answer(Request request) {
    String path =
        URLDecoder.decode(request.getUrl().replaceAll("\\?.*", ""), StandardCharsets.UTF_8);
    if (request.getMethod().equals(RequestMethod.PUT)) {
      return written(path.substring(1), request);
    }
    Version version =
        objects.getOrDefault(
            path.substring(1), path.startsWith("/" + Sample.FLEET_BUCKET) ? null : any);
    boolean marked = deleted.contains(path.substring(1)) && asked(request).isEmpty();
    if (version == null || marked) {
      return aResponse()
          .withStatus(404)
          .withBody("<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>");
    }
    ResponseDefinitionBuilder answer = aResponse().withBody(version.content());
    if (version != any || !isHead(request)) {
      answer.withHeader("x-amz-version-id", asked(request).orElse(version.id()));
    }
    metadata.forEach((name, value) -> answer.withHeader("x-amz-meta-" + name, value));
    return answer;
  }

  /** As S3 takes an object: with the condition that there is none, if that is said. */
  private ResponseDefinitionBuilder written(String path, Request request) {
    Version written = new Version(UUID.randomUUID().toString(), plain(request));
    boolean once = "*".equals(request.getHeader("If-None-Match"));
    Version before = once ? objects.putIfAbsent(path, written) : objects.put(path, written);
    return once && before != null
        ? aResponse().withStatus(412).withBody("<Error><Code>PreconditionFailed</Code></Error>")
        : aResponse();
  }

  /** The SDK sends a body in chunks, each behind a line with its size, where there is no TLS. */
  private static byte[] plain(Request request) {
    byte[] body = request.getBody();
    if (!String.valueOf(request.getHeader("Content-Encoding")).contains("aws-chunked")) {
      return body;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (int at = 0; ; ) {
      int end = at;
      while (body[end] != '\r') {
        end++;
      }
      String line = new String(body, at, end - at, StandardCharsets.US_ASCII);
      int size = Integer.parseInt(line.replaceAll(";.*", ""), 16);
      if (size == 0) {
        return plain.toByteArray();
      }
      plain.write(body, end + 2, size);
      at = end + 2 + size + 2;
    }
  }

  /** Whatever version is asked for is there, with the content of the current one. */
  private static Optional<String> asked(Request request) {
    return Optional.of(request.queryParameter("versionId"))
        .filter(QueryParameter::isPresent)
        .map(QueryParameter::firstValue);
  }

  @Override
  String name(Request request) {
    if (request.getMethod().equals(RequestMethod.PUT)) {
      return "S3.PutObject";
    }
    return isHead(request) ? "S3.HeadObject" : "S3.GetObject";
  }

  private static boolean isHead(Request request) {
    return request.getMethod().equals(RequestMethod.HEAD);
  }

  @Override
  void reset() {
    objects.clear();
    deleted.clear();
    metadata.clear();
    any = null;
  }
}
