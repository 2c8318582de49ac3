package dev.numberferry.secrets;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.support.ShortMemory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** A Solution Partner's one token for all its numbers, kept for a few minutes. */
@ApplicationScoped
class SharedTokenCache {

  private static final String ONLY = "shared";

  private final FerryConfig config;
  private final SecretStore store;
  private final ShortMemory<AccessToken> memory;

  SharedTokenCache(FerryConfig config, SecretStore store, Clock clock) {
    this.config = config;
    this.store = store;
    this.memory = new ShortMemory<>(clock);
  }

  /**
   * While one caller reads the secret, the others wait for that.
   *
   * @param numberSecret the secret that has no token of its own
   */
  synchronized AccessToken get(String numberSecret) {
    return memory.get(ONLY, () -> Optional.of(read(numberSecret))).orElseThrow();
  }

  synchronized void forget() {
    memory.forget(ONLY);
  }

  private AccessToken read(String numberSecret) {
    String id =
        config
            .tokenSecretId()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "accessToken in secret " + numberSecret,
                        "is missing, and no shared token is configured",
                        "Store the token there, or set FERRY_TOKEN_SECRET_ID."));
    return AccessTokenParser.readShared(store.read(id));
  }
}
