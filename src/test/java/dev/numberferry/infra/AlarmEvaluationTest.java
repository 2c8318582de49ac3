package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.infra.AlarmEvaluation.State;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of CloudWatch's page, whose alarms have 3 periods. */
class AlarmEvaluationTest {

  @ParameterizedTest
  @CsvSource({
    "3, 0 - X - X, OK, OK, OK, OK",
    "3, 0 - - - -, OK, OK, OK, OK",
    "3, - - - - -, INSUFFICIENT_DATA, as before, ALARM, OK",
    "3, 0 X X - X, ALARM, ALARM, ALARM, ALARM",
    "3, - - X - -, ALARM, as before, ALARM, OK",
    "3, - - - - X, as before, as before, ALARM, OK",
    "3, - - - X -, as before, as before, ALARM, OK",
    "2, 0 - X - X, ALARM, ALARM, ALARM, ALARM",
    "2, 0 0 X 0 X, ALARM, ALARM, ALARM, ALARM",
    "2, 0 - X - -, OK, OK, ALARM, OK",
    "2, - - - - 0, OK, OK, ALARM, OK",
    "2, - - - X -, ALARM, as before, ALARM, OK"
  })
  void itJudgesAsThePageSays(
      int toAlarm,
      String points,
      String missing,
      String ignore,
      String breaching,
      String notBreaching) {
    for (State before : State.values()) {
      assertThat(
              List.of("missing", "ignore", "breaching", "notBreaching").stream()
                  .map(it -> new AlarmEvaluation(3, toAlarm, it))
                  .map(it -> it.next(before, points.replace(" ", "")).name()))
          .containsExactly(
              List.of(missing, ignore, breaching, notBreaching).stream()
                  .map(it -> it.equals("as before") ? before.name() : it)
                  .toArray(String[]::new));
    }
  }
}
