package dev.numberferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.numberferry.FerryConfig;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Urgency;
import dev.numberferry.standin.Sample;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

class ResultTopicTest {

  @Test
  void halfOfACharacterIsNotPublished() {
    FakeTopic sns = new FakeTopic();
    ResultTopic topic =
        new ResultTopic(config(), sns, new ObjectMapper().registerModule(new JavaTimeModule()));

    topic.publish(
        MigrationResultBuilder.builder()
            .outcome(Outcome.rejected(ErrorDetails.of("half \uD83D, whole \uD83D\uDEA2"), "x."))
            .build(),
        Urgency.SOON);

    assertThat(sns.published)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.message()).contains("half \uFFFD, whole \uD83D\uDEA2");
              assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(it.message())).isTrue();
            });
  }

  private static FerryConfig config() {
    return new SmallRyeConfigBuilder()
        .withMapping(FerryConfig.class)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(
            new PropertiesConfigSource(Map.of("ferry.topic-arn", Sample.TOPIC), "test", 100))
        .build()
        .getConfigMapping(FerryConfig.class);
  }

  private static final class FakeTopic implements SnsClient {

    private final List<PublishRequest> published = new ArrayList<>();

    @Override
    public PublishResponse publish(PublishRequest request) {
      published.add(request);
      return PublishResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
