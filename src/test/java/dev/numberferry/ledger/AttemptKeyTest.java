package dev.numberferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.Retry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptKeyTest {

  private static final AttemptKey KEY =
      AttemptKeyBuilder.builder()
          .backupGiven("s3://backups/1.json")
          .backupRead("s3://backups/1.json?versionId=a")
          .secretId("whatsapp/1")
          .secretVersion("v1")
          .build();

  private static final AttemptKey GENERATED = KEY.withPinVersion("v2");

  @Test
  void theSameObjectAndVersionOfTheSecretAreTheSameAttempt() {
    assertThat(KEY.isSameAs(KEY)).isTrue();
    assertThat(KEY.isSameAs(KEY.withBackupGiven("s3://backups/1.json?versionId=a"))).isTrue();
  }

  @Test
  void anotherVersionOfEitherIsAnotherAttempt() {
    assertThat(KEY.isSameAs(KEY.withBackupRead("s3://backups/1.json?versionId=b"))).isFalse();
    assertThat(KEY.isSameAs(KEY.withSecretVersion("v2"))).isFalse();
    assertThat(KEY.isSameAs(KEY.withSecretId("whatsapp/2"))).isFalse();
  }

  @Test
  void theVersionInWhichItsGeneratedPinIsStoredIsTheSameAttempt() {
    assertThat(GENERATED.isSameAs(KEY.withSecretVersion("v2"))).isTrue();
    assertThat(GENERATED.isSameAs(KEY.withSecretVersion("v3"))).isFalse();
  }

  @Test
  void eachEventThatGeneratesAPinBringsAVersionOfItsOwnAndIsTheSameAttempt() {
    assertThat(GENERATED.isSameAs(KEY.withPinVersion("v9"))).isTrue();
  }

  @Test
  void aRetryIsTheSameAttemptWhateverWasSeenOfTheNumber() {
    Retry retry = new Retry("none", "I looked");
    AttemptKey retried = KEY.withRetry(retry.withState("platform ON_PREMISE, status BANNED"));

    assertThat(retried.isSameAs(KEY.withRetry(retry))).isTrue();
    assertThat(KEY.withRetry(retry).isSameAs(retried)).isTrue();
    assertThat(retried.isGivenAs("another object", Optional.of(retry))).isTrue();
    assertThat(retried.isRetry(retry)).isTrue();
    assertThat(retried.isSameAs(KEY)).isFalse();
    assertThat(KEY.isSameAs(retried)).isFalse();
    assertThat(retried.isSameAs(KEY.withRetry(new Retry("m0/UNKNOWN", "I looked")))).isFalse();
    assertThat(retried.isSameAs(KEY.withRetry(new Retry("none", "I looked again")))).isFalse();
  }

  @Test
  void thePinThatWasSentStandsInTheGeneratedVersionWhereThereIsOne() {
    assertThat(KEY.sentPinVersion()).isEqualTo("v1");
    assertThat(GENERATED.sentPinVersion()).isEqualTo("v2");
  }
}
