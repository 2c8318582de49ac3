package dev.numberferry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.BackupSource.StoredBackup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupSourceTest {

  @ParameterizedTest
  @ValueSource(strings = {"a\uD83Db", "\uDE00\uD83D", "a\uD800"})
  void halfOfACharacterIsInNoKeyAndNoVersion(String text) {
    assertThatThrownBy(() -> new StoredBackup("bucket", text, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("backup.key ");
    assertThatThrownBy(() -> new StoredBackup("bucket", "key", text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("backup.versionId ");
  }

  @Test
  void aKeyIsNoLongerThanInS3() {
    assertThatThrownBy(() -> new StoredBackup("bucket", "ü".repeat(513), null))
        .isInstanceOf(InvalidInputException.class);
    assertThat(new StoredBackup("bucket", "ü".repeat(512), null).key()).hasSize(512);
    assertThat(new StoredBackup("bucket", "Schiff \uD83D\uDEA2", null).reference())
        .isEqualTo("s3://bucket/Schiff \uD83D\uDEA2");
  }
}
