package dev.numberferry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.BackupSource.StoredBackup;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadOrderTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0055AED6DCD90281E6, 0055AED6DCD90281E5, true",
    "0055AED6DCD90281E5, 0055AED6DCD90281E6, false",
    "0055AED6DCD90281E5, 0055AED6DCD90281E5, false",
    "0055AED6DCD90281E5, 0055aed6dcd90281e5, false",
    "0055aed6dcd90281e6, 0055AED6DCD90281E5, true",
    "0055AED6DCD90281E501, 0055AED6DCD90281E5, true",
    "0055AED6DCD90281E5, 0055AED6DCD90281E500, false",
    "0055AED6DCD90281E500, 0055AED6DCD90281E5, false",
    "0056, 0055AED6DCD90281E5, true"
  })
  void uploadsOfOneKeyGoBySequencerWhateverTheirTime(String one, String other, boolean newer) {
    Upload mine = new Upload(object("a"), NOON.minusSeconds(9), one);

    assertThat(mine.isNewerThan(new Upload(object("a"), NOON, other))).isEqualTo(newer);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "300, true", "301, false"})
  void aSequencerThatTheTimesContradictTellsNothing(long secondsLater, boolean bySequencer) {
    Upload first = new Upload(object("a"), NOON, "FF");
    Upload second = new Upload(object("a"), NOON.plusSeconds(secondsLater), "00");

    assertThat(first.isNewerThan(second)).isEqualTo(bySequencer);
    assertThat(second.isNewerThan(first)).isEqualTo(!bySequencer);
  }

  @Test
  void aSequencerWithoutATimeTellsNothing() {
    Upload timeless = new Upload(object("a"), null, "FF");
    Upload timed = new Upload(object("a"), NOON, "00");

    assertThat(timeless.isNewerThan(timed)).isFalse();
    assertThat(timed.isNewerThan(timeless)).isFalse();
  }

  @Test
  void uploadsOfDifferentKeysGoByTime() {
    Upload later = new Upload(object("a"), NOON.plusMillis(1), "00");
    Upload earlier = new Upload(object("b"), NOON, "FF");

    assertThat(later.isNewerThan(earlier)).isTrue();
    assertThat(earlier.isNewerThan(later)).isFalse();
  }

  @Test
  void withoutASequencerTimeTellsAndEqualTimesTellNothing() {
    Upload one = new Upload(object("a"), NOON, null);

    assertThat(new Upload(object("a"), NOON.plusSeconds(1), "01").isNewerThan(one)).isTrue();
    assertThat(new Upload(object("a"), NOON, "01").isNewerThan(one)).isFalse();
    assertThat(new Upload(object("a"), null, null).isNewerThan(one)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "300, true", "301, false", "31536000, false"})
  void aTimeThatIsMoreThanFiveMinutesAheadIsNotBelieved(long secondsAhead, boolean believed) {
    Upload upload = new Upload(object("a"), NOON.plusSeconds(secondsAhead), "01");

    assertThat(upload.believedAt(NOON))
        .isEqualTo(believed ? upload : new Upload(object("a"), null, "01"));
    assertThat(new Upload(object("a"), null, "01").believedAt(NOON).time()).isNull();
  }

  private static StoredBackup object(String key) {
    return new StoredBackup("bucket", key, null);
  }
}
