package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.FerryConfig;
import dev.numberferry.event.EnvelopeTest;
import dev.numberferry.event.Payload;
import dev.numberferry.function.SqsBatchResponse.BatchItemFailure;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import dev.numberferry.support.Invocation;
import dev.numberferry.support.InvocationStandIn;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All that one event brings has the time of one invocation. */
@QuarkusTest
class OneInvocationTest extends FunctionTestBase {

  private final InvocationStandIn invocation = new InvocationStandIn();

  @Inject BackupUploadedFunction backupUploaded;
  @Inject FerryConfig config;

  /** Of the time for one invocation each call takes two fifths, so that two of them end in it. */
  @BeforeEach
  void callsTakeTheirTime() {
    outside.resetToAnyNumber();
    outside.graph().answers(okJson("{\"success\": true}"));
    QuarkusMock.installMockForType(invocation, Invocation.class);
    outside
        .graph()
        .listener(
            new CallListener() {
              @Override
              public boolean arrived(Call call) {
                return true;
              }

              @Override
              public void tookEffect(Call call) {
                if (call.name().equals("POST register")) {
                  invocation.passes(config.functionTimeout().multipliedBy(2).dividedBy(5));
                }
              }
            });
  }

  @AfterEach
  void stopListening() {
    outside.graph().listener(CallListener.NONE);
  }

  @Test
  void messagesOfABatchThatCannotEndInTimeAreNotBegunAndComeAgain() {
    invoke(batch(4)).statusCode(200).body("batchItemFailures.itemIdentifier", contains("2", "3"));

    assertTwoWereMoved();
    assertThat(outside.queue().hidden()).isEmpty();
  }

  @Test
  void whatWasNotBegunIsMovedByTheNextInvocations() {
    invoke(batch(4));

    invoke(batch(4)).statusCode(200).body("batchItemFailures.itemIdentifier", equalTo(List.of()));

    assertThat(outside.graph().registers()).hasSize(4);
    assertThat(publishedStatuses()).hasSize(4).containsOnly("MIGRATED");
  }

  @Test
  void recordsOfANotificationInAMessageMakeItComeAgain() {
    ObjectNode batch = sample("sqs-uploads.json");
    ((ObjectNode) batch.at("/Records/0")).put("body", notification(3)).put("messageId", "0");
    invocation.begin();

    Object answer = backupUploaded.backupUploaded(Payload.of(batch));

    assertThat(answer).isEqualTo(new SqsBatchResponse(List.of(new BatchItemFailure("0"))));
    assertTwoWereMoved();
    assertThat(outside.queue().hidden()).isEmpty();
  }

  @Test
  void recordsOfANotificationByItselfFailTheInvocation() {
    invocation.begin();

    assertThatThrownBy(() -> backupUploaded.backupUploaded(Payload.of(notification(3))))
        .isInstanceOf(FailedInvocation.class)
        .hasToString(
            "NotBegun: no time was left in this invocation for 1 of 3 parts of the event. Send the"
                + " same event again: nothing is done twice.");

    assertTwoWereMoved();
  }

  @Test
  void eventsOfOneEnvelopeFailTheInvocation() {
    ObjectNode event = (ObjectNode) parse(EnvelopeTest.snsEvent(event(0)));
    ArrayNode records = (ArrayNode) event.path("Records");
    for (int i = 1; i < 4; i++) {
      records.add(parse(EnvelopeTest.snsEvent(event(i))).at("/Records/0"));
    }

    invoke(event.toString()).statusCode(500).body("errorType", equalTo("NotBegun"));

    assertTwoWereMoved();
  }

  @Test
  void whatFailedBeforeStaysTheAnswer() {
    outside.secrets().fails("GetSecretValue", "whatsapp/" + number(0), 500, "InternalServiceError");
    invocation.begin();

    assertThatThrownBy(() -> backupUploaded.backupUploaded(Payload.of(notification(4))))
        .isInstanceOf(FailedInvocation.class)
        .asString()
        .startsWith("NotSent: ");

    assertThat(publishedStatuses()).containsExactly("NOT_SENT", "MIGRATED", "MIGRATED");
  }

  private void assertTwoWereMoved() {
    assertThat(outside.graph().registers()).hasSize(2);
    assertThat(publishedStatuses()).containsExactly("MIGRATED", "MIGRATED");
    assertThat(outside.ledger().items()).hasSize(2);
  }

  private static String batch(int size) {
    ObjectNode batch = sample("sqs-migrations.json");
    ObjectNode like = (ObjectNode) batch.at("/Records/0");
    ArrayNode records = batch.putArray("Records");
    IntStream.range(0, size)
        .forEach(i -> records.add(like.deepCopy().put("messageId", "" + i).put("body", event(i))));
    return batch.toString();
  }

  private static String notification(int size) {
    ObjectNode notification = sample("s3-put.json");
    ObjectNode like = (ObjectNode) notification.at("/Records/0");
    ArrayNode records = notification.putArray("Records");
    for (int i = 0; i < size; i++) {
      ObjectNode record = like.deepCopy();
      ((ObjectNode) record.at("/s3/object")).put("key", number(i) + "/backup.json");
      records.add(record);
    }
    return notification.toString();
  }

  private static String event(int i) {
    return Sample.event("direct.json").replace(Sample.NUMBER, number(i));
  }

  private static String number(int i) {
    return "10654035224292" + i;
  }
}
