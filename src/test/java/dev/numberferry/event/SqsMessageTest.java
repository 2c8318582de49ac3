package dev.numberferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.Trigger;
import dev.numberferry.standin.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private static ObjectNode sample() {
    return (ObjectNode) Payload.of(Sample.event("sqs-migrations.json")).json().at("/Records/0");
  }
}
