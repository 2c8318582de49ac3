package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Book;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.migration.CallRules.PinComparison;
import dev.numberferry.migration.Decision.Go;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.secrets.NumberSecrets.Comparison;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Claims a number: the last thing before the call. Of all who decide on the same revision of the
 * entry one gets it, and the others decide again.
 */
@ApplicationScoped
class Claiming {

  private static final Logger LOG = Logger.getLogger(Claiming.class);
  private static final int TRIES = 10;

  private final Book book;
  private final ClaimRecovery closing;
  private final NumberSecrets secrets;
  private final CallRules rules;

  Claiming(FerryConfig config, Book book, ClaimRecovery closing, NumberSecrets secrets) {
    this.book = book;
    this.closing = closing;
    this.secrets = secrets;
    this.rules = new CallRules(config.maxCalls());
  }

  /** The decision, and the entry that it was made on; with the claim in it where it is to go. */
  record Claim(Decision decision, LedgerSnapshot reading) {}

  /**
   * @throws StoreFailure if it is not known whether the number was claimed; nothing was sent
   */
  Claim claim(MigrationRun run, MigrationRequest request, Inputs inputs) {
    PhoneNumberId number = request.phoneNumberId();
    LedgerSnapshot reading = inputs.reading();
    for (int i = 0; i < TRIES; i++) {
      Decision decision =
          rules.decide(
              reading.entry(),
              inputs.key(),
              request.eventTime().orElse(null),
              pins(inputs.secret()),
              reading.now());
      if (!(decision instanceof Go)) {
        return new Claim(decision, reading);
      }
      Optional<LedgerSnapshot> claimed = write(run, request, inputs, reading);
      if (claimed.isPresent()) {
        return new Claim(decision, claimed.get());
      }
      LOG.info("Somebody else has changed the number's entry: deciding again");
      reading = closing.read(number);
    }
    throw StoreException.contended("the ledger's entry of number " + number);
  }

  /** What a PIN is compared with, asked for only where a PIN was refused. */
  PinComparison pins(NumberSecret secret) {
    return attempt ->
        attempt.key().secretId().equals(secret.id())
                && attempt.key().sentPinVersion().equals(secret.versionId())
            ? Comparison.SAME
            : secrets.compare(
                secret.pin(), attempt.key().secretId(), attempt.key().sentPinVersion());
  }

  private Optional<LedgerSnapshot> write(
      MigrationRun run, MigrationRequest request, Inputs inputs, LedgerSnapshot reading) {
    Attempt claim =
        Attempt.claim(
            run.migrationId(),
            inputs.key(),
            inputs.backup().object(),
            request.trigger(),
            request.eventTime().orElse(null),
            reading.now());
    return book.write(reading, reading.entry().with(claim));
  }
}
