package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What authorises a call of the Graph API. {@code appsecret_proof} is the HMAC-SHA256 of the token,
 * keyed with the app's secret, in hex; an app that requires it refuses every call without. Source:
 * Meta's page on securing Graph API calls.
 */
record GraphCredentials(AccessToken token) {

  private static final String ALGORITHM = "HmacSHA256";

  String authorization() {
    return "Bearer " + token.value();
  }

  /** {@code appsecret_proof}, or null where the app has no secret here. */
  String proof() {
    return token.appSecret().map(secret -> hmac(secret.value())).orElse(null);
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

  private String hmac(String key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(token.value().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }
}
