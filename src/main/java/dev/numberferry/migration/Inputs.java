package dev.numberferry.migration;

import dev.numberferry.backup.Backup;
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

  AttemptKey key() {
    return facts.key();
  }

  Inputs with(NumberSecret other) {
    return new Inputs(other, backup, facts);
  }
}
