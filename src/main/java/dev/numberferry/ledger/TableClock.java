package dev.numberferry.ledger;

import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * DynamoDB's own clock, to the second; this machine's, to the millisecond, where an answer does not
 * tell it.
 */
@ApplicationScoped
class TableClock {

  private final Machine machine;

  TableClock(Machine machine) {
    this.machine = machine;
  }

  /** When an answer was given. */
  Instant timeOf(AwsResponse answer) {
    try {
      return answer
          .sdkHttpResponse()
          .firstMatchingHeader("Date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
          .orElseGet(this::ofThisMachine);
    } catch (DateTimeException e) {
      return ofThisMachine();
    }
  }

  private Instant ofThisMachine() {
    return machine.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
