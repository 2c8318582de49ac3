package dev.numberferry.migration;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.Finding;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.support.Machine;
import dev.numberferry.whatsapp.GraphVersion;
import dev.numberferry.whatsapp.TokenExpiry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a dry run can see coming that would only be wrong on the day of the move. */
@ApplicationScoped
class Outlook {

  private static final Duration A_DAY = Duration.ofDays(1);

  private final TokenExpiry expiry;
  private final GraphVersion version;
  private final Machine machine;
  private final Parallel parallel;

  Outlook(TokenExpiry expiry, GraphVersion version, Machine machine, Parallel parallel) {
    this.expiry = expiry;
    this.version = version;
    this.machine = machine;
    this.parallel = parallel;
  }

  /** What secret and settings show, without asking anybody. */
  List<Finding> of(NumberSecret secret) {
    return Stream.of(secret.passwordWarning(), version.warning())
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Asks when the token expires: one that WhatsApp takes, else there is no answer.
   *
   * @return waits for the answer
   */
  Supplier<Optional<Finding>> startExpiry(NumberSecret secret) {
    AccessToken token = secret.token();
    Supplier<Optional<Instant>> expiryCall = parallel.start(() -> expiry.of(token));
    return () -> expiryCall.get().flatMap(it -> tokenWarning(secret, it));
  }

  private Optional<Finding> tokenWarning(NumberSecret secret, Instant expiresAt) {
    return Optional.of(expiresAt)
        .filter(it -> it.isBefore(machine.now().plus(A_DAY)))
        .map(
            it ->
                Finding.warning(
                    secret.sharedToken() ? "FERRY_TOKEN_SECRET_ID" : secret.tokenField(),
                    (secret.sharedToken() ? "names a token that expires at " : "expires at ") + it,
                    "Store a system user's token that does not expire, or move the number before"
                        + " that."));
  }
}
