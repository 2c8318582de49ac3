package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.head;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Stands in for S3: objects, each with its version. */
public final class ObjectsStandIn extends ServiceStandIn {

  private record Version(String id, byte[] content) {}

  private final WireMockServer server;
  private final Map<String, Version> objects = new ConcurrentHashMap<>();
  private final Map<String, String> metadata = new ConcurrentHashMap<>();
  private volatile Version any;

  ObjectsStandIn(WireMockServer server) {
    this.server = server;
  }

  /** Stores an object and answers its version. */
  public String put(String bucket, String key, byte[] content) {
    String version = UUID.randomUUID().toString();
    objects.put(bucket + "/" + key, new Version(version, content));
    return version;
  }

  /** Deletes an object. */
  public void remove(String bucket, String key) {
    objects.remove(bucket + "/" + key);
  }

  /** Sets a piece of metadata of every object. */
  public void putMetadata(String name, String value) {
    metadata.put(name, value);
  }

  /** Whatever object is asked for and was not stored is this one. */
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
    Version version = objects.getOrDefault(path.substring(1), any);
    if (version == null) {
      return aResponse()
          .withStatus(404)
          .withBody("<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>");
    }
    ResponseDefinitionBuilder answer =
        aResponse()
            .withHeader("x-amz-version-id", asked(request).orElse(version.id()))
            .withBody(version.content());
    metadata.forEach((name, value) -> answer.withHeader("x-amz-meta-" + name, value));
    return answer;
  }

  /** Whatever version is asked for is there, with the content of the current one. */
  private static Optional<String> asked(Request request) {
    return Optional.of(request.queryParameter("versionId"))
        .filter(QueryParameter::isPresent)
        .map(QueryParameter::firstValue);
  }

  @Override
  String name(Request request) {
    return "S3.GetObject";
  }

  @Override
  void reset() {
    objects.clear();
    metadata.clear();
    any = null;
  }
}
