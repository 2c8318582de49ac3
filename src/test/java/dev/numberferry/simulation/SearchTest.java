package dev.numberferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.simulation.Findings.Finding;
import dev.numberferry.standin.Sample;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** The search can fail: it finds what a world must not have. */
class SearchTest {

  private static final int STEPS = 3_000;

  /** DynamoDB that writes whatever stood there before. */
  private static final class Careless extends DynamoModel {

    Careless(Remote remote) {
      super(remote);
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      return super.putItem(
          request.toBuilder().conditionExpression("attribute_not_exists(nothing)").build());
    }
  }

  @Test
  void aWriteWithoutItsConditionLosesAnAttempt() {
    Report report = Search.of(careless(), STEPS);

    assertThat(report.findings().all()).extracting(Finding::rule).contains("No attempt is lost");
  }

  @Test
  void aHistoryHappensAgainByItsNumbers() {
    Finding found = Search.of(careless(), STEPS).findings().all().iterator().next();
    Findings again = new Findings();

    Walk.by(found.numbers(), careless(), again);

    assertThat(again.all()).singleElement().isEqualTo(found);
  }

  private static World careless() {
    return World.on(Careless::new, "careless")
        .number(Sample.NUMBER, Sample.PIN)
        .event("E1", Sample.NUMBER)
        .event("E2", Sample.NUMBER)
        .faults(0);
  }
}
