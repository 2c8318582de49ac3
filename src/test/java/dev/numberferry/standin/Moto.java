package dev.numberferry.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;

/** moto's server, where Python has it: AWS with real checks of each request. */
public final class Moto implements AutoCloseable {

  private static final int PATIENCE_MS = 30_000;

  private static final String FAST_SQS =
      """
      import sys
      from pathlib import Path
      import moto.sqs.models as sqs
      from moto.server import main
      ahead = Path("%s")
      def fast(clock, unit):
          return lambda *of: clock(*of) + unit * int(ahead.read_text())
      sqs.unix_time = fast(sqs.unix_time, 1)
      sqs.unix_time_millis = fast(sqs.unix_time_millis, 1000)
      main(sys.argv[1:])
      """;

  /**
   * Its interpreter of state machines copies a machine before each execution, with all that have
   * run and their threads, which cannot be copied; and it parses each path anew, at a cost of five
   * times all else.
   */
  private static final String MACHINES =
      """
      import copy, functools, sys
      import jsonpath_ng, jsonpath_ng.ext
      for paths in (jsonpath_ng, jsonpath_ng.ext):
          paths.parse = functools.lru_cache(maxsize=None)(paths.parse)
      from moto.stepfunctions.models import StateMachine
      from moto.server import main
      def alone(machine, memo):
          machine = copy.copy(machine)
          machine.executions = []
          return machine
      StateMachine.__deepcopy__ = alone
      main(sys.argv[1:])
      """;

  private final Process process;
  private final String url;

  private Moto(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it on a free port, and returns when it answers. */
  public static Moto start() {
    return start(Optional.empty(), "-m", "moto.server");
  }

  /**
   * The same, with an interpreter of state machines.
   *
   * @param port where it finds what a state machine calls
   */
  static Moto startMachines(int port) {
    return start(Optional.of(port), "-c", MACHINES);
  }

  /**
   * The same, with an SQS whose clock goes fast.
   *
   * @param ahead a file with the number of seconds that its clock is ahead by
   */
  public static Moto start(Path ahead) {
    return start(Optional.empty(), "-c", FAST_SQS.formatted(ahead.toAbsolutePath()));
  }

  /**
   * @param called where it finds what it calls itself, if that is not itself
   */
  private static Moto start(Optional<Integer> called, String... program) {
    try (ServerSocket free = new ServerSocket(0)) {
      int port = free.getLocalPort();
      free.close();
      List<String> command = new ArrayList<>(List.of("python3"));
      command.addAll(List.of(program));
      command.addAll(List.of("-H", "127.0.0.1", "-p", String.valueOf(port)));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().remove("AWS_PROFILE");
      // It compares timestamps with local time.
      builder
          .environment()
          .putAll(Map.of("MOTO_PORT", String.valueOf(called.orElse(port)), "TZ", "UTC"));
      builder.redirectErrorStream(true).redirectOutput(Path.of("target", "moto.log").toFile());
      Moto moto = new Moto(builder.start(), "http://127.0.0.1:" + port);
      moto.awaitAnswer();
      return moto;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return url;
  }

  /** A client of what it emulates. */
  public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(URI.create(url))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  /** Makes the ledger's table, as far as a run needs it. */
  public void createLedger() {
    try (DynamoDbClient dynamo = client(DynamoDbClient.builder())) {
      dynamo.createTable(
          it ->
              it.tableName(Sample.LEDGER)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName("phoneNumberId")
                          .attributeType(ScalarAttributeType.S)
                          .build())
                  .keySchema(
                      KeySchemaElement.builder()
                          .attributeName("phoneNumberId")
                          .keyType(KeyType.HASH)
                          .build()));
    }
  }

  /** Makes the bucket with the backups. */
  public void createBucket() {
    try (S3Client s3 = client(S3Client.builder())) {
      s3.createBucket(
          it ->
              it.bucket(Sample.BUCKET)
                  .createBucketConfiguration(at -> at.locationConstraint("eu-central-1")));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void awaitAnswer() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        var connection =
            (HttpURLConnection) URI.create(url + "/moto-api/").toURL().openConnection();
        connection.getResponseCode();
        return;
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
    throw new IllegalStateException("moto did not start; see target/moto.log");
  }
}
