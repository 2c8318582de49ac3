package dev.numberferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.Trigger;
import dev.numberferry.standin.Sample;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqsMessageTest {

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
  void itsAgeIsToldAndNoLessThanNothing(Instant now, long seconds) {
    ObjectNode record = sample();
    ((ObjectNode) record.path("attributes"))
        .put("SentTimestamp", "" + Instant.parse("2026-11-22T12:00:00Z").toEpochMilli());

    assertThat(SqsMessage.of(record).inQueue().age(now)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "0", "-1"})
  void itsAgeIsNotKnownWhereNobodyTells(String told) {
    ObjectNode record = sample();
    ((ObjectNode) record.path("attributes")).put("SentTimestamp", told);

    assertThat(SqsMessage.of(record).inQueue().age(Instant.EPOCH)).isEmpty();
  }

  private static ObjectNode sample() {
    return (ObjectNode) Payload.of(Sample.event("sqs-migrations.json")).json().at("/Records/0");
  }
}
