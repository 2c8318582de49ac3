package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.EventServer;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.StandIns;
import io.quarkus.test.common.QuarkusTestResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sends events through the function's own event server, with everything outside played. */
@QuarkusTestResource(StandIns.class)
abstract class FunctionTestBase {

  /** Name of the secret with the token for numbers that have none of their own. */
  static final String SHARED = "whatsapp-shared-token";

  static final ObjectMapper JSON = new ObjectMapper();

  StandIns outside;

  @BeforeEach
  void resetStandIns() {
    outside.reset();
  }

  /** The HTTP status of the event server: 200 where the invocation ended normally, else 500. */
  record Answer(int status, String body) {
    JsonNode json() {
      return parse(body);
    }
  }

  static Answer invoke(String event) {
    var answer = EventServer.given().body(event).post();
    return new Answer(answer.statusCode(), answer.asString());
  }

  static Answer invokeSample() {
    return invoke(Sample.event("direct.json"));
  }

  /** The function keeps the token between tests; a refusal makes it forget. */
  void forgetSharedToken() {
    outside.secrets().put(SHARED, "forget");
    withoutOwnToken();
    outside.graph().refuses(401, 190);
    invokeSample();
    outside.reset();
  }

  /** The number's secret has no token of its own. */
  void withoutOwnToken() {
    ObjectNode secret = (ObjectNode) parse(Sample.secret());
    secret.remove("accessToken");
    outside.secrets().put(Sample.SECRET_ID, secret.toString());
  }

  /** The sample's event with one more field. */
  static String sampleWith(String field, Object value) {
    ObjectNode event = (ObjectNode) parse(Sample.event("direct.json"));
    return event.set(field, JSON.valueToTree(value)).toString();
  }

  /** The sample's event with a retry by somebody who knows what the ledger knows. */
  String sampleRetrying(String reason) {
    return sampleRetrying(knownAttempt(), reason);
  }

  /** The sample's event with a retry. */
  static String sampleRetrying(String after, String reason) {
    return sampleWith("retry", Map.of("after", after, "reason", reason));
  }

  /**
   * Leaves the ledger as a run does that called and published and could not record its result: with
   * the claim that stood there at the call, and nothing since.
   */
  void leaveAClaimBehind(Runnable run) {
    AtomicReference<Map<String, AttributeValue>> claim = new AtomicReference<>();
    outside
        .graph()
        .listener(
            new CallListener() {
              @Override
              public boolean arrived(Call call) {
                if (call.name().equals("POST register")) {
                  claim.set(outside.ledger().items().get(0));
                }
                return true;
              }

              @Override
              public void tookEffect(Call call) {}
            });
    run.run();
    outside.graph().listener(CallListener.NONE);
    outside.ledger().put(claim.get());
  }

  /** What a retry has to name: the newest attempt that may have called. */
  String knownAttempt() {
    String known = "none";
    for (var item : outside.ledger().items()) {
      for (JsonNode attempt : parse(item.get("entry").s()).path("attempts")) {
        String status = attempt.at("/result/status").asText("IN_PROGRESS");
        if (!List.of("NOT_SENT", "INVALID").contains(status)) {
          known = attempt.path("migrationId").asText() + "/" + status;
        }
      }
    }
    return known;
  }

  /** The newest result that was published. */
  JsonNode lastPublished() {
    var messages = outside.topic().messages();
    return messages.get(messages.size() - 1).body();
  }

  List<String> publishedStatuses() {
    return outside.topic().messages().stream()
        .map(message -> message.body().path("status").asText())
        .toList();
  }

  /** The invocation ended normally, and the topic took the same JSON as the invoker got. */
  JsonNode answered(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(published()).isEqualTo(answer.json());
    return answer.json();
  }

  /** The one result that was published. */
  JsonNode published() {
    assertThat(outside.topic().messages()).hasSize(1);
    return outside.topic().messages().get(0).body();
  }

  void assertNothingSent() {
    assertThat(outside.graph().registers()).isEmpty();
  }

  void assertRegisteredOnce() {
    assertThat(outside.graph().registers()).hasSize(1);
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
