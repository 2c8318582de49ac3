package dev.numberferry.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.simulation.Call.Done;
import dev.numberferry.simulation.Call.Service;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/** SNS as a process sees it. */
final class TopicModel implements SnsClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Remote remote;

  TopicModel(Remote remote) {
    this.remote = remote;
  }

  @Override
  public PublishResponse publish(PublishRequest request) {
    Lazy<Message> message = new Lazy<>(() -> message(forPrograms(request)));
    Models.ask(
        remote,
        Call.write(
                Service.TOPIC,
                () -> "Publish %s of %s".formatted(message.get().status(), message.get().about()),
                outside -> Done.of(outside.with(message.get(), remote.process()), true))
            .settled(outside -> isOwn(outside, message.get().about())));
    return PublishResponse.builder().build();
  }

  /** What no item names is published by nobody else: nobody else knows of it. */
  private static boolean isOwn(Outside outside, String about) {
    return outside.table().items().values().stream()
        .flatMap(
            it ->
                it.isBrake()
                    ? it.content().findValuesAsText("brakeId").stream()
                    : it.attempts().stream().map(AttemptView::id))
        .noneMatch(about::equals);
  }

  /** What a mail says follows from it. */
  private static String forPrograms(PublishRequest request) {
    return "json".equals(request.messageStructure())
        ? read(request.message()).path("default").asText()
        : request.message();
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Message message(String text) {
    JsonNode json = read(text);
    JsonNode error = json.path("error");
    if (error.path("message").asText().contains("unexpected")) {
      throw new AssertionError("A surprise: " + error.path("message").asText());
    }
    return new Message(
        json.path(json.has("brakeId") ? "brakeId" : "migrationId").asText(),
        json.path("status").asText(),
        error.path("code").asText(json.path("reason").asText()),
        json.path("phoneNumberId").asText());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
