package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.Finding;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphVersionTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);

  @ParameterizedTest
  @CsvSource({
    "v21.0, 2026-11-22, v21.0 which ends on 2027-01-21",
    "v21.0, 2027-01-20, v21.0 which ends on 2027-01-21",
    "v21.0, 2027-01-21, v21.0 which ended on 2027-01-21",
    "v15.0, 2026-11-29, v15.0 which has ended",
    "v2.12, 2026-11-29, v2.12 which has ended",
    "v20.0, 2026-11-29, v20.0 which ended on 2026-09-24",
    "v25.0, 2028-05-30, v25.0 which ends on 2028-07-29"
  })
  void aVersionThatEndsWithinSixtyDaysIsAWarning(String version, LocalDate today, String problem) {
    Optional<Finding> warning = GraphVersion.warning(version, today);

    assertThat(warning.map(Finding::isError)).contains(false);
    assertThat(warning.map(Finding::problem))
        .contains("is " + problem.replace(" which", ", which"));
  }

  @ParameterizedTest
  @CsvSource({"v21.0, 2026-11-21", "v25.0, 2028-05-29", "v26.0, 2030-01-01"})
  void aVersionThatStaysIsNone(String version, LocalDate today) {
    assertThat(GraphVersion.warning(version, today)).isEmpty();
  }

  @Test
  void theDefaultIsAVersionThatStays() {
    assertThat(GraphVersion.warning("v25.0", TODAY)).isEmpty();
  }
}
