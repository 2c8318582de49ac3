package dev.numberferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.FerryConfig;
import dev.numberferry.standin.Sample;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

class RegionCheckTest {

  @ParameterizedTest
  @CsvSource({
    "arn:aws:sns:us-east-1:123456789012:results, us-east-1",
    "arn:aws-cn:sns:cn-north-1:123456789012:results, cn-north-1"
  })
  void aTopicOfAnotherRegionIsRefused(String arn, String region) {
    assertThat(RegionCheck.ofTopic(arn, "eu-central-1"))
        .contains(
            "FERRY_TOPIC_ARN must be in the region that is asked: it is in "
                + region
                + ", and eu-central-1 is asked.");
    assertThat(RegionCheck.ofTopic(arn, region)).isEmpty();
    assertThat(RegionCheck.ofTopic(Sample.TOPIC, "eu-central-1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://sqs.us-east-1.amazonaws.com/123456789012/m, us-east-1",
    "https://sqs.us-east-1.api.aws/123456789012/m, us-east-1",
    "https://sqs-fips.us-west-2.amazonaws.com/123456789012/m, us-west-2",
    "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/m, cn-north-1"
  })
  void aQueueOfAnotherRegionIsRefused(String url, String region) {
    assertThat(RegionCheck.ofQueue(url, "eu-central-1"))
        .hasValueSatisfying(
            it -> assertThat(it).startsWith("FERRY_QUEUE_URL must be ").contains(region));
    assertThat(RegionCheck.ofQueue(url, region)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://queue.amazonaws.com/123456789012/m",
        "http://localhost:4566/000000000000/m",
        "https://vpce-1.sqs.us-east-1.vpce.amazonaws.com/123456789012/m"
      })
  void aQueueWhoseHostTellsNoRegionIsTaken(String url) {
    assertThat(RegionCheck.ofQueue(url, "eu-central-1")).isEmpty();
  }

  @Test
  void eachIsComparedWithWhereItsOwnClientAsks() {
    assertThat(problems("api", Map.of(), Region.EU_CENTRAL_1, Region.EU_WEST_1)).isEmpty();
    assertThat(problems("api", Map.of(), Region.EU_WEST_1, Region.EU_CENTRAL_1))
        .satisfiesExactly(
            it -> assertThat(it).startsWith("FERRY_TOPIC_ARN"),
            it -> assertThat(it).startsWith("FERRY_QUEUE_URL"));
  }

  @Test
  void onlyTheApiSendsToTheQueue() {
    assertThat(problems("migrate", Map.of(), Region.EU_CENTRAL_1, Region.EU_CENTRAL_1)).isEmpty();
  }

  @Test
  void inAContainerOfSamLocalTheRegionSaysNothing() {
    Map<String, String> local = Map.of("AWS_SAM_LOCAL", "true");

    assertThat(problems("api", local, Region.US_EAST_1, Region.US_EAST_1)).isEmpty();
  }

  @Test
  void itStopsWhatCallsRegisterAndNoPersonAtTheBrake() {
    assertThatThrownBy(() -> start("migrate"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("FERRY_TOPIC_ARN");
    assertThatCode(() -> start("sweep")).doesNotThrowAnyException();
    assertThatCode(() -> start("brake")).doesNotThrowAnyException();
  }

  private static void start(String function) {
    check(Map.of("quarkus.funqy.export", function), Region.US_EAST_1, Region.US_EAST_1)
        .onStart(new StartupEvent());
  }

  private static List<String> problems(
      String function, Map<String, String> variables, Region ofTopics, Region ofQueues) {
    return check(variables, ofTopics, ofQueues).problems(function);
  }

  /** Of a topic in Frankfurt and a queue in Ireland. */
  private static RegionCheck check(
      Map<String, String> variables, Region ofTopics, Region ofQueues) {
    Map<String, String> settings = new HashMap<>(variables);
    settings.put("ferry.topic-arn", Sample.TOPIC);
    settings.put("ferry.queue-url", "https://sqs.eu-west-1.amazonaws.com/123456789012/m");
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(FerryConfig.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build();
    var anonymous = AnonymousCredentialsProvider.create();
    return new RegionCheck(
        config.getConfigMapping(FerryConfig.class),
        config,
        SnsClient.builder().region(ofTopics).credentialsProvider(anonymous).build(),
        SqsClient.builder().region(ofQueues).credentialsProvider(anonymous).build());
  }
}
