package dev.numberferry.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.fleet.Standing.Place;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

  @Test
  void whatNeedsAPersonStandsFirstAndThenTheManifestsOrder() {
    List<Place> places = Arrays.asList(Place.values());
    Collections.reverse(places);
    Report report = report(places.stream().map(it -> standing(it).build()).toList());

    assertThat(new String(report.csv(), UTF_8).lines().skip(1).map(it -> it.split(",", -1)[2]))
        .containsExactly(
            "LINE_DOWN",
            "UNCLEAR",
            "UNREADABLE",
            "AT_WORK",
            "REFUSED",
            "HELD_BACK",
            "NOT_READY",
            "CUT_OFF",
            "NOT_SENT",
            "NOT_TRIED",
            "READY",
            "MOVED");
    assertThat(report(List.of(standing(Place.READY).build(), standing(Place.READY).build())).csv())
        .asString(UTF_8)
        .containsSubsequence("\r\n2,", "\r\n3,");
  }

  @Test
  void aRowTellsAllThatAPersonNeeds() {
    Report report =
        report(
            List.of(
                standing(Place.LINE_DOWN)
                    .status("REJECTED")
                    .reason("")
                    .code("133005")
                    .line("LINE_DOWN")
                    .at(Optional.of(Instant.parse("2026-11-22T12:00:00.123Z")))
                    .nextStep("Find out the PIN, and \"try\" again.")
                    .migrationId("m-1")
                    .build()));

    assertThat(report.csv())
        .asString(UTF_8)
        .isEqualTo(
            "row,phoneNumberId,status,reason,code,line,time,nextStep,migrationId\r\n"
                + "2,100000,REJECTED,,133005,LINE_DOWN,2026-11-22T12:00:00.123Z,"
                + "\"Find out the PIN, and \"\"try\"\" again.\",m-1\r\n");
  }

  @Test
  void itCountsWhereRowsStandAndWhoNeedsAPerson() {
    Report report =
        report(
            List.of(
                standing(Place.MOVED).build(),
                standing(Place.REFUSED).needsPerson(true).build(),
                standing(Place.MOVED).build()));

    assertThat(report.counts()).isEqualTo(Map.of("REFUSED", 1, "MOVED", 2));
    assertThat(report.counts().keySet()).containsExactly("REFUSED", "MOVED");
    assertThat(report.needPerson()).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\tx",
        "\rx",
        "\nx",
        " =1",
        "\u00A0=1",
        "\u200B=1",
        "\uFEFF@x",
        "\uFF1D1",
        "=HYPERLINK(\"a\")"
      })
  void aFormulaIsMadeHarmless(String cell) {
    assertThat(Report.harmless(cell)).startsWith("'").doesNotContain("\t", "\r", "\n");
    assertThat(report(List.of(standing(Place.READY).nextStep(cell).build())).csv())
        .asString(UTF_8)
        .matches("(?s).*,\"?'[^,]*,m\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Wait.", "a=b", "a-b", "2026-11-22", "It's = so", "106540352242922"})
  void anyOtherCellStaysAsItIs(String cell) {
    assertThat(Report.harmless(cell)).isEqualTo(cell);
  }

  @ParameterizedTest
  @CsvSource({"READY, 1", "MOVED, 0"})
  void rowsAreFoundByWhereTheyStand(Place place, int rows) {
    assertThat(report(List.of(standing(Place.READY).build())).rows(it -> it.place() == place))
        .hasSize(rows);
  }

  private static Report report(List<Standing> standings) {
    Map<PhoneNumberId, Standing> byNumber = new HashMap<>();
    List<Row> rows =
        IntStream.range(0, standings.size())
            .mapToObj(
                i -> {
                  PhoneNumberId number = new PhoneNumberId(String.valueOf(100_000 + i));
                  byNumber.put(number, standings.get(i));
                  return new Row(i + 2, number, "k" + i, Optional.empty(), Optional.empty());
                })
            .toList();
    return new Report(rows, byNumber);
  }

  private static StandingBuilder standing(Place place) {
    return StandingBuilder.builder()
        .place(place)
        .status(place.name())
        .reason("")
        .code("")
        .line("")
        .nextStep("")
        .migrationId("m");
  }
}
