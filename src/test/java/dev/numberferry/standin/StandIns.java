package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Everything outside of the function, on loopback ports, for tests and for the local run. */
public final class StandIns implements QuarkusTestResourceLifecycleManager {

  /** Where they listen that stay: infra/local.json has the first two. */
  public static final int AWS_PORT = 4566;

  public static final int GRAPH_PORT = 4567;
  public static final int EVENTS_PORT = 4568;

  static final String LOOPBACK = "127.0.0.1";

  private GraphStandIn graph = new GraphStandIn(options().dynamicPort());
  private AwsStandIn aws = new AwsStandIn();
  private String function = "migrate";

  @Override
  public void init(Map<String, String> arguments) {
    function = arguments.getOrDefault("function", function);
    String address = arguments.getOrDefault("address", LOOPBACK);
    boolean stays = arguments.containsKey("stay");
    graph = new GraphStandIn(options().port(stays ? GRAPH_PORT : 0), address);
    aws = new AwsStandIn(stays ? AWS_PORT : 0, address);
  }

  @Override
  public Map<String, String> start() {
    graph.start();
    aws.start();
    Map<String, String> settings = new HashMap<>();
    settings.put("ferry.topic-arn", Sample.TOPIC);
    settings.put("ferry.token-secret-id", "whatsapp-shared-token");
    settings.put("ferry.ledger-table", Sample.LEDGER);
    settings.put("ferry.backup-bucket", Sample.BUCKET);
    settings.put("ferry.fleet-bucket", Sample.FLEET_BUCKET);
    settings.put("ferry.queue-url", aws.url() + "/123456789012/number-ferry-migrations");
    settings.put("ferry.reconcile-for", "150ms");
    settings.put("ferry.function-timeout", "7s");
    settings.put("quarkus.funqy.export", function);
    settings.put("quarkus.rest-client.whatsapp.url", graph.url());
    settings.put("quarkus.rest-client.whatsapp.connect-timeout", "500");
    settings.put("quarkus.rest-client.whatsapp.read-timeout", "1000");
    settings.put("quarkus.dynamodb.sync-client.socket-timeout", "2s");
    // Whatever proxy this machine has: nothing of it is asked.
    settings.put("https_proxy", "");
    settings.put("http_proxy", "");
    // The AWS SDK reads these itself: as system properties in a JVM, as -D arguments of a binary.
    Map<String, String> sdk =
        Map.of(
            "aws.endpointUrl", aws.url(),
            "aws.region", "eu-central-1",
            "aws.accessKeyId", "standin",
            "aws.secretAccessKey", "standin");
    sdk.forEach(System::setProperty);
    settings.putAll(sdk);
    // Not as an argument: Quarkus prints those of a binary that it starts.
    System.setProperty("aws.sessionToken", Sample.SESSION_TOKEN);
    return settings;
  }

  /** Everything as the sample event expects it, and nothing asked yet. */
  public void reset() {
    graph.reset();
    aws.reset();
    aws.secrets().put(Sample.SECRET_ID, Sample.secret());
    aws.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    aws.objects().put(Sample.FLEET_BUCKET, Sample.MANIFEST, Sample.manifest());
  }

  /** Every number has the sample's secret, and every object but a fleet's is its backup. */
  public void resetToAnyNumber() {
    graph.reset();
    aws.reset();
    aws.secrets().answersEverythingWith(Sample.secret());
    aws.objects().answersEverythingWith(Sample.backupFile());
    aws.objects().put(Sample.FLEET_BUCKET, Sample.MANIFEST, Sample.manifest());
  }

  public GraphStandIn graph() {
    return graph;
  }

  public AwsStandIn aws() {
    return aws;
  }

  public SecretsStandIn secrets() {
    return aws.secrets();
  }

  public ObjectsStandIn objects() {
    return aws.objects();
  }

  public TopicStandIn topic() {
    return aws.topic();
  }

  public QueueStandIn queue() {
    return aws.queue();
  }

  public LedgerStandIn ledger() {
    return aws.ledger();
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, field -> field.getType() == StandIns.class);
  }

  @Override
  public void stop() {
    graph.close();
    aws.close();
  }
}
