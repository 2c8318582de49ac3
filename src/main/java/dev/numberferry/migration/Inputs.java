package dev.numberferry.migration;

import dev.numberferry.backup.Backup;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.VersionMatch;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.AttemptKeyBuilder;
import dev.numberferry.rules.CallFacts;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What a call needs.
 *
 * @param facts what the rules have to know of it
 */
record Inputs(NumberSecret secret, Backup backup, CallFacts facts) {

  /** As numbers are written. */
  private static final Pattern NUMBER = Pattern.compile("[0-9+()./\\[\\]-]{1,60}");

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
    // The rules decide more than once, and each time on the same versions.
    Map<String, VersionMatch> entries = new ConcurrentHashMap<>();
    CallFacts facts =
        new CallFacts(
            key,
            refused -> secrets.comparePin(secret, refused.secretId(), refused.secretVersion()),
            secret.isOneOfMany()
                ? Optional.of(
                    earlier ->
                        entries.computeIfAbsent(
                            earlier.sentPinVersion(), it -> secrets.compareEntry(secret, it)))
                : Optional.empty(),
            successor);
    return new Inputs(secret, backup, facts);
  }

  /**
   * The backup, if it is no value of the number's secret, of the shared one, or of the event, which
   * would be sent as one.
   *
   * @throws InvalidInputException if it is one
   */
  static Backup checked(MigrationRequest request, Backup backup, Optional<NumberSecret> secret) {
    secret
        .flatMap(it -> it.placeOf(backup.data()))
        .or(() -> placeInEvent(request, backup.data().value()))
        .ifPresent(
            place -> {
              throw new InvalidInputException(
                  "backup",
                  "is the " + place,
                  "Store the answer of the backup call as it came, and no value of a secret or of"
                      + " the event.");
            });
    return backup;
  }

  private static Optional<String> placeInEvent(MigrationRequest request, String backup) {
    if (!NUMBER.matcher(backup).matches()) {
      return Optional.empty();
    }
    if (digits(backup).equals(digits(request.phoneNumberId().value()))) {
      return Optional.of("phoneNumberId of the event");
    }
    return request
        .expectedNumber()
        .filter(it -> digits(backup).equals(digits(it)))
        .map(it -> "expectedNumber of the event");
  }

  /** Without the zeros with which a call abroad begins. */
  private static String digits(String number) {
    return number.replaceAll("[^0-9]", "").replaceFirst("^0+", "");
  }

  AttemptKey key() {
    return facts.key();
  }

  Inputs with(NumberSecret other) {
    return new Inputs(other, backup, facts);
  }
}
