package dev.numberferry.secrets;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.support.ExpiringCache;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A Solution Partner's one token for all its numbers, kept for a few minutes. */
@ApplicationScoped
class SharedTokenCache {

  private static final String ONLY = "shared";

  private final FerryConfig config;
  private final SecretStore store;
  private final ExpiringCache<AccessToken> cache;

  SharedTokenCache(FerryConfig config, SecretStore store, Machine machine) {
    this.config = config;
    this.store = store;
    this.cache = new ExpiringCache<>(machine);
  }

  /** The token for a secret without one; while one caller reads it, the others wait for that. */
  synchronized AccessToken get(String numberSecret) {
    return cache.get(ONLY, () -> Optional.of(read(numberSecret))).orElseThrow();
  }

  synchronized void forget() {
    cache.forget(ONLY);
  }

  private AccessToken read(String numberSecret) {
    String id = config.tokenSecretId().orElseThrow(() -> notConfigured(numberSecret));
    return AccessTokenParser.readShared(store.read(id));
  }

  private static InvalidInputException notConfigured(String numberSecret) {
    return new InvalidInputException(
        "accessToken in secret " + numberSecret,
        "is missing, and no shared token is configured",
        "Store the token there, or set FERRY_TOKEN_SECRET_ID.");
  }
}
