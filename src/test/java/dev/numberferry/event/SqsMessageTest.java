package dev.numberferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.QueueMessage;
import dev.numberferry.domain.Trigger;
import dev.numberferry.standin.Sample;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqsMessageTest {

  private static final String SENT = "" + Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 3", "'', 1", "many, 1", "0, 1"})
  void howOftenAMessageWasReceivedIsOnceWhereNobodyTells(String told, int receives) {
    ObjectNode record = sample();
    ((ObjectNode) record.path("attributes")).put("ApproximateReceiveCount", told);

    assertThat(SqsMessage.of(record).inQueue().receives()).isEqualTo(receives);
  }

  @Test
  void aMessageWithoutAttributesWasReceivedOnceFromNobodyKnown() {
    ObjectNode record = sample();
    record.remove("attributes");

    assertThat(SqsMessage.of(record).inQueue().receives()).isEqualTo(1);
    assertThat(SqsMessage.of(record).delivery(Trigger.QUEUE).sentBy()).isEmpty();
    assertThat(SqsMessage.of(record).delivery(Trigger.QUEUE).requestedBy()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2026-11-22T12:00:01Z, 1", "2026-11-22T13:00:00Z, 3600", "2026-11-22T11:00:00Z, 0"})
  void itsAgeIsToldFromTheThirdReceiveOnAndNoLessThanNothing(Instant now, long seconds) {
    assertThat(sent(SENT, 3).waiting(now)).contains(Duration.ofSeconds(seconds));
    assertThat(sent(SENT, 80).waiting(now)).contains(Duration.ofSeconds(seconds));
  }

  /** SQS itself tells it until then. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void beforeThatItOnlyWaitedToBeRead(int receives) {
    assertThat(sent(SENT, receives).waiting(Instant.parse("2026-11-23T12:00:00Z"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "0", "-1"})
  void itsAgeIsNotKnownWhereNobodyTells(String told) {
    assertThat(sent(told, 3).waiting(Instant.EPOCH)).isEmpty();
  }

  private static QueueMessage sent(String timestamp, int receives) {
    ObjectNode record = sample();
    ((ObjectNode) record.path("attributes"))
        .put("SentTimestamp", timestamp)
        .put("ApproximateReceiveCount", "" + receives);
    return SqsMessage.of(record).inQueue();
  }

  private static ObjectNode sample() {
    return (ObjectNode) Payload.of(Sample.event("sqs-migrations.json")).json().at("/Records/0");
  }
}
