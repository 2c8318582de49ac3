package dev.numberferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.numberferry.FerryConfig;
import dev.numberferry.domain.BrakeMessage;
import dev.numberferry.domain.BrakeStateEngagementBuilder;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Urgency;
import dev.numberferry.standin.Sample;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.AuthorizationErrorException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.InvalidParameterValueException;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SnsException;

class ResultTopicTest {

  static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  private static final Instant AT = Instant.parse("2026-11-22T20:38:34.322Z");

  private final FakeTopic sns = new FakeTopic();
  private final ResultTopic topic = new ResultTopic(config(Sample.TOPIC), sns, JSON);

  @Test
  void programsGetTheJsonAsItIsAndMailsAText() {
    ResultMessage message = message(rejected("no"));

    topic.publish(message);

    PublishRequest request = sns.only();
    assertThat(request.messageStructure()).isEqualTo("json");
    assertThat(forms(request).properties().stream().map(Map.Entry::getKey))
        .containsExactly("default", "email");
    assertThat(forms(request).path("default").asText()).isEqualTo(written(message.result()));
    assertThat(forms(request).path("email").asText())
        .startsWith("LINE AS IT WAS: ")
        .endsWith("\n" + written(message.result()) + "\n");
    assertThat(request.subject()).startsWith("SOON: number " + Sample.NUMBER);
  }

  @Test
  void reasonAndHarmAreAttributesWhereThereIsOne() {
    topic.publish(message(Outcome.withheld(Reason.BLOCKED, "wait", "x.")));
    Outcome unknown = Outcome.unknown(null, "x.");
    topic.publish(message(unknown.withHarm(unknown.harmDone().orElseThrow())));
    topic.publish(message(Outcome.migrated()));

    assertThat(sns.asked.stream().map(ResultTopicTest::attributes))
        .containsExactly(
            Map.of(
                "status", "WITHHELD",
                "urgency", "soon",
                "phoneNumberId", Sample.NUMBER,
                "reason", "BLOCKED"),
            Map.of(
                "status", "UNKNOWN",
                "urgency", "now",
                "phoneNumberId", Sample.NUMBER,
                "harm", "UNCLEAR"),
            Map.of("status", "MIGRATED", "urgency", "none", "phoneNumberId", Sample.NUMBER));
  }

  @Test
  void halfOfACharacterIsNotPublished() {
    topic.publish(message(rejected("half \uD83D, whole \uD83D\uDEA2")));

    String message = sns.only().message();
    assertThat(message).contains("half \uFFFD, whole \uD83D\uDEA2");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(message)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatSnsRefusesGoesOutWithoutItsMail(boolean value) {
    sns.answers.add(
        value
            ? InvalidParameterValueException.builder().message("no").build()
            : InvalidParameterException.builder().message("Invalid parameter: Subject").build());
    ResultMessage message = message(rejected("no"));

    topic.publish(message);

    assertThat(sns.asked).hasSize(2);
    assertPlain(sns.asked.get(1), message.result());
    assertThat(attributes(sns.asked.get(1))).isEqualTo(attributes(sns.asked.get(0)));
  }

  @Test
  void whatSnsDoesNotTakeForAnotherReasonIsNotSentTwice() {
    sns.answers.add(AuthorizationErrorException.builder().message("no").build());

    assertThatThrownBy(() -> topic.publish(message(rejected("no"))))
        .isInstanceOf(StoreException.class);
    assertThat(sns.asked).hasSize(1);
  }

  @Test
  void whereSnsRefusesBothItWasNotPublished() {
    sns.answers.addAll(
        List.of(
            InvalidParameterException.builder().message("no").build(),
            InvalidParameterException.builder().message("no").build()));

    assertThatThrownBy(() -> topic.publish(message(rejected("no"))))
        .isInstanceOf(StoreException.class);
    assertThat(sns.asked).hasSize(2);
  }

  /** A result without its times has no mail, and fails while one is made. */
  @Test
  void whereNoMailCanBeMadeTheResultGoesOut() {
    MigrationResult odd = MigrationResultBuilder.builder().outcome(rejected("no")).build();

    topic.publish(message(odd));

    assertPlain(sns.only(), odd);
  }

  /** SNS may have taken it when the client fails: a second publish could be a second mail. */
  @Test
  void whatFailsAfterItWasHandedToSnsIsNotPublishedTwice() {
    sns.failures.add(new IllegalStateException("in a test"));

    assertThatThrownBy(() -> topic.publish(message(rejected("no"))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(sns.asked).hasSize(1);
  }

  /** Its text makes the mail run out of memory, and no other. */
  @Test
  void whereTheMemoryEndsTheResultGoesOut() {
    ResultMessage message = message(rejected("no"));
    ResultTopic poor =
        new ResultTopic(
            config(Sample.TOPIC),
            sns,
            new ObjectMapper(JSON.getFactory()) {
              @Override
              public String writeValueAsString(Object value) throws JsonProcessingException {
                if (value instanceof Map) {
                  throw new OutOfMemoryError("in a test");
                }
                return JSON.writeValueAsString(value);
              }
            });

    poor.publish(message);

    assertPlain(sns.only(), message.result());
  }

  /** Quotes and ships take more bytes in JSON than a program counts. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "\"", "\\", "\uD83D\uDEA2", "\u0001"})
  void theMailIsCutAndTheResultNever(String unit) {
    ResultMessage message = message(rejected(unit.repeat(40_000 / written(unit).length())));
    String programs = written(message.result());

    topic.publish(message);

    PublishRequest request = sns.only();
    assertThat(size(request)).isLessThanOrEqualTo(262_144);
    assertThat(forms(request).path("default").asText()).isEqualTo(programs);
  }

  @Test
  void aMailThatDoesNotFitEndsWithAMark() {
    ResultMessage message = message(rejected("\"".repeat(50_000)));

    topic.publish(message);

    PublishRequest request = sns.only();
    assertThat(size(request)).isBetween(262_144 - 10, 262_144);
    assertThat(forms(request).path("default").asText()).isEqualTo(written(message.result()));
    assertThat(forms(request).path("email").asText()).endsWith("\n... (cut)\n");
  }

  @Test
  void whereThereIsNoRoomForAMailTheResultGoesOutAsItIs() {
    ResultMessage message = message(rejected("x".repeat(261_000)));

    topic.publish(message);

    assertPlain(sns.only(), message.result());
  }

  /** Whoever makes results bounds them; a topic that is handed a larger one hands it on. */
  @Test
  void aTextOf1MbIsHandedOnAsItIs() {
    ResultMessage message = message(rejected("x".repeat(1_000_000)));

    topic.publish(message);

    assertPlain(sns.only(), message.result());
  }

  @Test
  void theBrakesMessageHasAMailAsWell() {
    BrakeMessage brake =
        BrakeMessage.of(
            BrakeStateEngagementBuilder.builder()
                .brakeId("b-1")
                .at(AT)
                .harms(List.of())
                .by("Ada")
                .reason("wrong list")
                .build());

    topic.publish(brake);

    assertThat(attributes(sns.only())).isEqualTo(Map.of("status", "BRAKED", "urgency", "now"));
    assertThat(sns.only().subject()).startsWith("NOW: brake engaged");
    assertThat(forms(sns.only()).path("default").asText()).isEqualTo(written(brake));
    assertThat(forms(sns.only()).path("email").asText())
        .contains("STACK='number-ferry'\n", "REGION='eu-central-1'\n");
  }

  private static void assertPlain(PublishRequest request, MigrationResult result) {
    assertThat(request.message()).isEqualTo(written(result));
    assertThat(request.messageStructure()).isNull();
    assertThat(request.subject()).isNull();
  }

  private static Map<String, String> attributes(PublishRequest request) {
    return request.messageAttributes().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().stringValue()));
  }

  /** As SNS counts it. */
  private static int size(PublishRequest request) {
    int attributes =
        request.messageAttributes().entrySet().stream()
            .mapToInt(
                it ->
                    bytes(it.getKey())
                        + bytes(it.getValue().dataType())
                        + bytes(it.getValue().stringValue()))
            .sum();
    return bytes(request.message()) + bytes(request.subject()) + attributes;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static JsonNode forms(PublishRequest request) {
    try {
      return JSON.readTree(request.message());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String written(Object content) {
    try {
      return JSON.writeValueAsString(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Outcome rejected(String message) {
    return Outcome.rejected(ErrorDetails.of(message), "x.");
  }

  static ResultMessage message(Outcome outcome) {
    return message(
        MigrationResultBuilder.builder()
            .schemaVersion(1)
            .migrationId("m-1")
            .phoneNumberId(PhoneNumberId.of(Sample.NUMBER).orElseThrow())
            .outcome(outcome)
            .startedAt(AT)
            .finishedAt(AT)
            .build());
  }

  private static ResultMessage message(MigrationResult result) {
    return ResultMessageBuilder.builder()
        .result(result)
        .urgency(Urgency.of(result.outcome()))
        .recorded(true)
        .brakeIds(List.of())
        .line(Optional.of(new LineHistory(true, Optional.empty())))
        .build();
  }

  static FerryConfig config(String topicArn) {
    return new SmallRyeConfigBuilder()
        .withMapping(FerryConfig.class)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(
            new PropertiesConfigSource(
                Map.of("ferry.topic-arn", topicArn, "ferry.stack", "number-ferry"), "test", 100))
        .build()
        .getConfigMapping(FerryConfig.class);
  }

  private static final class FakeTopic implements SnsClient {

    private final List<PublishRequest> asked = new ArrayList<>();
    private final List<SnsException> answers = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();

    PublishRequest only() {
      assertThat(asked).hasSize(1);
      return asked.get(0);
    }

    @Override
    public PublishResponse publish(PublishRequest request) {
      asked.add(request);
      if (!answers.isEmpty()) {
        throw answers.remove(0);
      }
      if (!failures.isEmpty()) {
        throw failures.remove(0);
      }
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
