package dev.numberferry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What platform and status mean for a call. */
class NumberStateTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "CONNECTED",
        "DISCONNECTED",
        "PENDING",
        "UNVERIFIED",
        "FLAGGED",
        "RATE_LIMITED",
        "-"
      })
  void aNumberThatHasNotMovedMayBeCalled(String status) {
    assertThat(state("ON_PREMISE", status).place()).isEqualTo(NumberState.Place.TO_MOVE);
    assertThat(state("NOT_APPLICABLE", status).place()).isEqualTo(NumberState.Place.TO_MOVE);
    assertThat(state("ON_PREMISE", status).hasMoved()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECTED", "FLAGGED", "RATE_LIMITED"})
  void aNumberThatWorksOnTheCloudApiHasMoved(String status) {
    assertThat(state("CLOUD_API", status).place()).isEqualTo(NumberState.Place.MOVED);
    assertThat(state("CLOUD_API", status).hasMoved()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "CLOUD_API, -",
        "CLOUD_API, DISCONNECTED",
        "CLOUD_API, PENDING",
        "CLOUD_API, UNVERIFIED",
        "CLOUD_API, BANNED",
        "CLOUD_API, MIGRATED",
        "CLOUD_API, connected",
        "CLOUD_API, NEVER_SEEN",
        "cloud_api, CONNECTED",
        "' CLOUD_API', CONNECTED"
      })
  void aNumberThatIsOnTheCloudApiInAnotherWayHasMovedAndMayNotWork(String platform, String status) {
    assertThat(state(platform, status).place()).isEqualTo(NumberState.Place.MOVED_NOT_WORKING);
    assertThat(state(platform, status).hasMoved()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ON_PREMISE, MIGRATED",
        "ON_PREMISE, LINKED",
        "ON_PREMISE, UNLINKED",
        "ON_PREMISE, UNKNOWN",
        "ON_PREMISE, BANNED",
        "ON_PREMISE, DELETED",
        "NOT_APPLICABLE, RESTRICTED",
        "NOT_APPLICABLE, MESSAGING_LIMIT_TIER_1",
        "ON_PREMISE, connected",
        "ON_PREMISE, 'CONNECTED '",
        "ON_PREMISE, ''",
        "on_premise, CONNECTED",
        "ON_PREMISES, CONNECTED",
        "'', CONNECTED",
        "-, CONNECTED",
        "-, -"
      })
  void everythingElseIsDoubtful(String platform, String status) {
    assertThat(state(platform, status).place()).isEqualTo(NumberState.Place.DOUBTFUL);
  }

  @Test
  void aResultShowsOnlyWhatBelongsIntoIt() throws Exception {
    NumberState state =
        NumberStateBuilder.builder()
            .displayPhoneNumber("+1 555")
            .platformType("CLOUD_API")
            .status("CONNECTED")
            .pinEnabled(true)
            .throughput("STANDARD")
            .canSendMessage("AVAILABLE")
            .wabaId("1")
            .build();

    assertThat(new ObjectMapper().readTree(new ObjectMapper().writeValueAsString(state)))
        .isEqualTo(
            new ObjectMapper()
                .createObjectNode()
                .put("displayPhoneNumber", "+1 555")
                .put("platformType", "CLOUD_API")
                .put("throughput", "STANDARD")
                .put("canSendMessage", "AVAILABLE"));
  }

  private static NumberState state(String platform, String status) {
    return NumberStateBuilder.builder().platformType(platform).status(status).build();
  }
}
