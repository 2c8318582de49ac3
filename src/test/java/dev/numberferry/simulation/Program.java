package dev.numberferry.simulation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.numberferry.FerryConfig;
import dev.numberferry.metrics.SilentLines;
import dev.numberferry.metrics.WideLines;
import dev.numberferry.standin.Sample;
import dev.numberferry.support.Machine;
import dev.numberferry.whatsapp.GraphModel;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The program, as it is deployed: all its objects are real, and what they call are models. */
final class Program {

  private static final ObjectMapper JSON =
      new RememberingMapper()
          .registerModules(new JavaTimeModule(), new Jdk8Module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final WideLines SILENT = new SilentLines();

  private final FerryConfig config;
  private final Function<Remote, DynamoDbClient> ledger;

  /**
   * @param brakeAfter harm to so many numbers engages the brake
   * @param ledger what stands for DynamoDB
   */
  Program(int brakeAfter, Function<Remote, DynamoDbClient> ledger) {
    this.ledger = ledger;
    this.config =
        new SmallRyeConfigBuilder()
            .withMapping(FerryConfig.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withDefaultValue("ferry.topic-arn", Sample.TOPIC)
            .withDefaultValue("ferry.ledger-table", Sample.LEDGER)
            .withDefaultValue("ferry.backup-bucket", Sample.BUCKET)
            .withDefaultValue("ferry.brake-after", String.valueOf(brakeAfter))
            .withDefaultValue("ferry.reconcile-for", "2s")
            .build()
            .getConfigMapping(FerryConfig.class);
  }

  /** A process that has just started. */
  Beans start(Run run) {
    Map<Class<?>, Object> given = new HashMap<>(GraphModel.clients(new GraphCalls(run)));
    given.put(FerryConfig.class, config);
    given.put(ObjectMapper.class, JSON);
    given.put(Machine.class, new MachineModel(run));
    given.put(Executor.class, run);
    given.put(WideLines.class, SILENT);
    given.put(DynamoDbClient.class, ledger.apply(run));
    given.put(SecretsManagerClient.class, new SecretsModel(run));
    given.put(S3Client.class, new BucketModel(run));
    given.put(SnsClient.class, new TopicModel(run));
    given.put(SqsClient.class, new QueueModel(run));
    return new Beans(given);
  }
}
