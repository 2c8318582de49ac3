package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.Secret;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What authorises a call of the Graph API: the access token, and with an app's secret the proof
 * that the caller knows that.
 */
record GraphCredentials(AccessToken token) {

  String authorization() {
    return "Bearer " + token.value();
  }

  /** The {@link AppSecretProof}, or null where the app has no secret here. */
  @Nullable String proof() {
    return token.appSecret().map(secret -> AppSecretProof.of(token, secret)).orElse(null);
  }

  /** Takes the token and what was made of it out of a text, and more secrets with them. */
  SecretMasker masking(Secret... more) {
    return new SecretMasker(
        Stream.concat(
            Stream.of(
                    Optional.of(token.value()),
                    Optional.ofNullable(proof()),
                    token.appSecret().map(Secret::value))
                .flatMap(Optional::stream),
            Stream.of(more).map(Secret::value)));
  }
}
