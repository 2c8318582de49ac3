package dev.numberferry.secrets;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.InvalidInputException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A Solution Partner's one token for all its numbers, kept for a few minutes. */
@ApplicationScoped
class SharedTokenCache {

  private static final Duration KEPT = Duration.ofMinutes(5);

  private record Cached(AccessToken token, Instant until) {}

  private final FerryConfig config;
  private final SecretStore store;
  private final Clock clock;
  private Cached cached;

  SharedTokenCache(FerryConfig config, SecretStore store, Clock clock) {
    this.config = config;
    this.store = store;
    this.clock = clock;
  }

  /**
   * While one caller reads the secret, the others wait for that.
   *
   * @param numberSecret the secret that has no token of its own
   */
  synchronized AccessToken get(String numberSecret) {
    Cached known = cached;
    if (known != null && clock.instant().isBefore(known.until())) {
      return known.token();
    }
    String id =
        config
            .tokenSecretId()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "accessToken in secret " + numberSecret,
                        "is missing, and no shared token is configured",
                        "Store the token there, or set FERRY_TOKEN_SECRET_ID."));
    AccessToken token = AccessTokenParser.readShared(store.read(id));
    cached = new Cached(token, clock.instant().plus(KEPT));
    return token;
  }

  synchronized void forget() {
    cached = null;
  }
}
