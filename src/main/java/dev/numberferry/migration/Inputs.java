package dev.numberferry.migration;

import dev.numberferry.backup.Backup;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.AttemptKeyBuilder;
import dev.numberferry.rules.CallFacts;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a call needs.
 *
 * @param facts what the rules have to know of it
 */
record Inputs(NumberSecret secret, Backup backup, CallFacts facts) {

  /**
   * @param successor what is current instead of the uploaded version, where an upload started this
   */
  static Inputs of(
      MigrationRequest request,
      NumberSecret secret,
      Backup backup,
      NumberSecrets secrets,
      Supplier<Optional<String>> successor) {
    AttemptKey key =
        AttemptKeyBuilder.builder()
            .backupGiven(request.backup().reference())
            .backupRead(backup.reference())
            .secretId(secret.id())
            .secretVersion(secret.versionId())
            .pinVersion(secret.pin().isPresent() ? null : secrets.newVersion())
            .retry(request.retry().orElse(null))
            .build();
    CallFacts facts =
        new CallFacts(
            key,
            refused -> secrets.compare(secret, refused.secretId(), refused.secretVersion()),
            successor);
    return new Inputs(secret, backup, facts);
  }

  /**
   * The backup, if it is no value of the number's secret or the shared one, which would be sent as
   * one.
   *
   * @throws InvalidInputException if it is one
   */
  static Backup checked(Backup backup, Optional<NumberSecret> secret) {
    secret
        .flatMap(it -> it.placeOf(backup.data()))
        .ifPresent(
            place -> {
              throw new InvalidInputException(
                  "backup",
                  "is the " + place,
                  "Store the answer of the backup call as it came, and no value of a secret.");
            });
    return backup;
  }

  AttemptKey key() {
    return facts.key();
  }

  Inputs with(NumberSecret other) {
    return new Inputs(other, backup, facts);
  }
}
