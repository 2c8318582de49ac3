package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Request;
import dev.numberferry.schema.Contract;
import java.util.List;

/**
 * Secrets Manager, S3, SNS, SQS and DynamoDB on one loopback port, as far as Number Ferry uses
 * them. A machine needs nothing but a JDK for it; where moto is at hand, the native binary is
 * tested against that as well.
 */
public final class AwsStandIn implements AutoCloseable {

  private final Calls calls = new Calls(request -> service(request).name(request));
  private final WireMockServer server;
  private final SecretsStandIn secrets;
  private final ObjectsStandIn objects;
  private final TopicStandIn topic;
  private final QueueStandIn queue;
  private final LedgerStandIn ledger;

  /** On any free port. */
  public AwsStandIn() {
    this(0, StandIns.LOOPBACK);
  }

  /** On this port of an address of this machine. */
  AwsStandIn(int port, String address) {
    server =
        new WireMockServer(
            options()
                .port(port)
                .bindAddress(address)
                .extensions(
                    new Answers("aws", request -> service(request).answer(request)), calls));
    secrets = new SecretsStandIn(server);
    objects = new ObjectsStandIn(server);
    topic = new TopicStandIn(server);
    queue = new QueueStandIn(server);
    ledger = new LedgerStandIn(server);
  }

  public AwsStandIn start() {
    ledger.start();
    server.start();
    recovers();
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
    List.of(ledger, secrets, objects, topic, queue).forEach(ServiceStandIn::reset);
    server.resetAll();
    recovers();
  }

  /** Everything works again; what was stored and asked stays. */
  public void recovers() {
    server.resetMappings();
    server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withTransformers("aws")));
  }

  /** Tells a listener of every call from now on. */
  public void listener(CallListener listener) {
    calls.listener(listener);
  }

  public SecretsStandIn secrets() {
    return secrets;
  }

  public ObjectsStandIn objects() {
    return objects;
  }

  public TopicStandIn topic() {
    return topic;
  }

  public QueueStandIn queue() {
    return queue;
  }

  public LedgerStandIn ledger() {
    return ledger;
  }

  /** Fails where a message to the topic was not as docs has it. */
  @Override
  public void close() {
    server.stop();
    ledger.close();
    Contract.check();
  }

  /** The service that a request is for. */
  private ServiceStandIn service(Request request) {
    String target = request.getHeader("X-Amz-Target");
    if (target == null) {
      return request.getMethod().getName().equals("POST") ? topic : objects;
    }
    if (target.startsWith("DynamoDB")) {
      return ledger;
    }
    return target.startsWith("AmazonSQS") ? queue : secrets;
  }
}
