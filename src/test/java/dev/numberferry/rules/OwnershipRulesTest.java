package dev.numberferry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.BackupSource;
import dev.numberferry.domain.BackupSource.InlineBackup;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationRequestBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Trigger;
import dev.numberferry.domain.Upload;
import dev.numberferry.standin.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnershipRulesTest {

  private static final BackupSource OWN = new StoredBackup("b", Sample.KEY, null);
  private static final String OTHER = "206540352242922";

  private final OwnershipRules rules = new OwnershipRules("whatsapp/", "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whatsapp/" + OTHER,
        "whatsapp/" + OTHER + "/pin",
        "whatsapp/team/" + OTHER,
        "whatsapp/1065403522429220",
        "whatsapp/" + Sample.NUMBER + "0/" + OTHER
      })
  void aSecretThatIsNamedAfterAnotherNumberIsAnothers(String secret) {
    assertThat(findings(given(Optional.of(secret), OWN)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.isError()).isTrue();
              assertThat(it.field()).isEqualTo("secretId");
              assertThat(it.problem()).contains("another number", secret);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whatsapp/" + Sample.NUMBER,
        "whatsapp/" + OTHER + "/" + Sample.NUMBER,
        "whatsapp/of-the-team",
        "whatsapp/12345678901234",
        "whatsapp/team-" + OTHER,
        "elsewhere/" + OTHER
      })
  void anyOtherNameMayBeItsOwn(String secret) {
    assertThat(findings(given(Optional.of(secret), OWN))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"206540352242922-prod, true", "106540352242922-prod, false", "prod, false"})
  void whatTheSecretsOfAllNumbersEndInIsNoPartOfTheNumber(String name, boolean anothers) {
    OwnershipRules suffixed = new OwnershipRules("1234567890123456/", "-prod");

    List<Finding> findings =
        suffixed.findings(given(Optional.of("1234567890123456/" + name), OWN), true);

    assertThat(findings).hasSize(anothers ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OTHER + "/backup.json",
        "old/" + OTHER + "/backup.json",
        OTHER + ".json.bak",
        "2026/" + OTHER,
        "20261122120000123/backup.json"
      })
  void aBackupUnderAnotherNumberIsAnothers(String key) {
    StoredBackup backup = new StoredBackup("b", key, "v1");

    assertThat(findings(given(Optional.empty(), backup)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.isError()).isTrue();
              assertThat(it.field()).isEqualTo("backup.key");
              assertThat(it.problem()).contains("another number", backup.reference());
            });
    assertThat(findings(uploaded(backup)))
        .singleElement()
        .extracting(Finding::field)
        .isEqualTo("the metadata phone-number-id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup.json",
        "/",
        Sample.KEY,
        "20261122120000/123456789012/backup.json",
        Sample.NUMBER + "/123456789012345678901.json",
        "backup-" + OTHER + ".json",
        OTHER + ".d/backup.json"
      })
  void anyOtherKeyMayBeItsOwn(String key) {
    StoredBackup backup = new StoredBackup("b", key, null);

    assertThat(findings(given(Optional.empty(), backup))).isEmpty();
    assertThat(findings(uploaded(backup))).isEmpty();
  }

  @Test
  void ofTwoNumbersInAKeyAnEventMayNameEitherAndMetadataNone() {
    for (String key : List.of(OTHER + "/" + Sample.NUMBER, Sample.NUMBER + "/" + OTHER + ".json")) {
      StoredBackup backup = new StoredBackup("b", key, null);

      assertThat(findings(given(Optional.empty(), backup))).isEmpty();
      assertThat(findings(uploaded(backup))).hasSize(1);
    }
  }

  @Test
  void secretAndBackupAreJudgedEachByThemselves() {
    BackupSource anothers = new StoredBackup("b", OTHER + "/backup.json", null);

    assertThat(findings(given(Optional.of("whatsapp/" + OTHER), anothers)))
        .extracting(Finding::field)
        .containsExactly("secretId", "backup.key");
    assertThat(findings(given(Optional.of("whatsapp/" + OTHER), new InlineBackup("x"))))
        .extracting(Finding::field)
        .containsExactly("secretId");
  }

  @Test
  void aSecretForManySaysByItsEntryWhoseItIsAndTheBackupDoesNot() {
    BackupSource anothers = new StoredBackup("b", OTHER + "/backup.json", null);

    assertThat(rules.findings(given(Optional.of("whatsapp/" + OTHER), OWN), false)).isEmpty();
    assertThat(rules.findings(given(Optional.of("whatsapp/" + OTHER), anothers), false))
        .extracting(Finding::field)
        .containsExactly("backup.key");
  }

  /** Where the secret is one number's. */
  private List<Finding> findings(MigrationRequest request) {
    return rules.findings(request, true);
  }

  private static MigrationRequest given(Optional<String> secret, BackupSource backup) {
    return MigrationRequestBuilder.builder()
        .phoneNumberId(new PhoneNumberId(Sample.NUMBER))
        .secretId(secret)
        .backup(backup)
        .delivery(Delivery.of(Trigger.DIRECT))
        .build();
  }

  private static MigrationRequest uploaded(StoredBackup object) {
    return MigrationRequest.uploaded(
        new PhoneNumberId(Sample.NUMBER),
        Delivery.of(Trigger.UPLOAD).withUpload(Optional.of(new Upload(object, null, null))));
  }
}
