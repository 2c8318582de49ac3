package dev.numberferry.crash;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.binary.FerryProcess;
import dev.numberferry.standin.AwsStandIn;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.LambdaStandIn;
import dev.numberferry.standin.LambdaStandIn.Answer;
import dev.numberferry.standin.LedgerStandIn;
import dev.numberferry.standin.ObjectsStandIn;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.SecretsStandIn;
import dev.numberferry.standin.TopicStandIn;
import dev.numberferry.standin.TopicStandIn.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Everything outside of the native binary, and processes of it, for the tests of one class. */
final class Outside implements BeforeAllCallback, AfterAllCallback {

  /** {@code FERRY_LONGEST_RUN} of those who wait for as long as a busy machine may need. */
  static final int SOME_PATIENCE_SECONDS = 12;

  private final GraphStandIn graph = new GraphStandIn(options().dynamicPort());
  private final AwsStandIn aws = new AwsStandIn();
  private final LambdaStandIn lambda = new LambdaStandIn();
  private final Map<String, String> settings;
  private int started;
  private Instant ledgerTime;

  /**
   * @param settings of every process, beyond those that say where the outside is
   */
  Outside(Map<String, String> settings) {
    this.settings = settings;
  }

  /** Where nobody waits long for what does not come. */
  static Outside impatient() {
    return new Outside(
        Map.of(
            "QUARKUS_REST_CLIENT_WHATSAPP_CONNECT_TIMEOUT", "500",
            "QUARKUS_REST_CLIENT_WHATSAPP_READ_TIMEOUT", "1000",
            "FERRY_RECONCILE_FOR", "1s",
            "FERRY_FUNCTION_TIMEOUT", "5s",
            "FERRY_LONGEST_RUN", "6s"));
  }

  /** Where they wait somewhat longer: several processes work at once. */
  static Outside somewhatPatient() {
    return new Outside(
        Map.of(
            "QUARKUS_REST_CLIENT_WHATSAPP_CONNECT_TIMEOUT", "1000",
            "QUARKUS_REST_CLIENT_WHATSAPP_READ_TIMEOUT", "3000",
            "FERRY_RECONCILE_FOR", "1s",
            "FERRY_FUNCTION_TIMEOUT", SOME_PATIENCE_SECONDS - 1 + "s",
            "FERRY_LONGEST_RUN", SOME_PATIENCE_SECONDS + "s"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    graph.start();
    aws.start();
    lambda.start();
  }

  /**
   * Everything as the sample event expects it, and nothing asked yet. The ledger's clock stands
   * still, two hours in the past: no run is long, however slow this machine is.
   */
  void reset() {
    listener(CallListener.NONE);
    graph.reset();
    aws.reset();
    aws.secrets().put(Sample.SECRET_ID, Sample.secret());
    aws.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    ledgerTime(Instant.now().minus(Duration.ofHours(2)));
  }

  /** The same, and every number has the sample's secret and backup. */
  void resetToAnyNumber() {
    reset();
    aws.secrets().answersEverythingWith(Sample.secret());
    aws.objects().answersEverythingWith(Sample.backupFile());
  }

  /** URL of AWS. */
  String url() {
    return aws.url();
  }

  GraphStandIn graph() {
    return graph;
  }

  SecretsStandIn secrets() {
    return aws.secrets();
  }

  ObjectsStandIn objects() {
    return aws.objects();
  }

  TopicStandIn topic() {
    return aws.topic();
  }

  LedgerStandIn ledger() {
    return aws.ledger();
  }

  void listener(CallListener listener) {
    graph.listener(listener);
    aws.listener(listener);
  }

  /** Sets the ledger's clock ahead. */
  void passes(Duration time) {
    ledgerTime(ledgerTime.plus(time));
  }

  /** Sets the ledger's clock, which then stands still. */
  void ledgerTime(Instant now) {
    ledgerTime = now;
    aws.ledger().clock(Clock.fixed(now, ZoneOffset.UTC));
  }

  /** The status of each result that the topic took, oldest first. */
  List<String> published() {
    return aws.topic().taken().stream().map(Outside::status).toList();
  }

  private static String status(Message message) {
    return message.body().getString("status");
  }

  /** Gives an event to a new process, and kills that when it has answered. */
  Answer run(String function, String event) {
    try (Ferries ferry = start(function, 1)) {
      return ferry.deliver(event).orTimeout(1, TimeUnit.MINUTES).join();
    }
  }

  /** Gives an event to a new process, and returns when that was killed at this point. */
  void runAndKill(String function, String event, CallLog calls, CrashPoint point) {
    try (Ferries ferry = start(function, 1)) {
      CompletableFuture<Void> dead = calls.kill(ferry, point);
      CompletableFuture<Answer> answer = ferry.deliver(event);
      CompletableFuture.anyOf(dead, answer).orTimeout(1, TimeUnit.MINUTES).join();
      assertThat(dead).as("the run was over before %s", point).isDone();
    }
  }

  /** Starts processes of a function. */
  Ferries start(String function, int processes) {
    String name = function + "-" + ++started;
    Map<String, String> environment = environment(function, lambda.address(name));
    return new Ferries(
        name,
        Stream.generate(() -> FerryProcess.start("crash-" + function, environment))
            .limit(processes)
            .toList(),
        lambda);
  }

  private Map<String, String> environment(String function, String runtimeApi) {
    Map<String, String> environment =
        FerryProcess.environment(function, runtimeApi, aws.url(), graph.url());
    environment.putAll(settings);
    return environment;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    graph.close();
    aws.close();
    lambda.close();
  }
}
