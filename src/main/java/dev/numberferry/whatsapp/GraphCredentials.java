package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.AccessToken.AppSecret;
import dev.numberferry.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What authorises a call of the Graph API: the access token, and with an app's secret the proof
 * that the caller knows that.
 */
record GraphCredentials(AccessToken token) {

  private static final String ALGORITHM = "HmacSHA256";

  String authorization() {
    return "Bearer " + token.value();
  }

  /**
   * {@code appsecret_proof}: the HMAC-SHA256 of the token, keyed with the app's secret, in hex;
   * nothing where the app has no secret here. An app that requires it refuses every call without.
   * Source: Meta's page on securing Graph API calls.
   */
  Optional<String> proof() {
    return token.appSecret().map(this::proof);
  }

  private String proof(AppSecret secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes(secret.value()), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(bytes(token.value())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Takes the token and what was made of it out of a text, and more secrets with them. */
  SecretMasker masking(Secret... more) {
    return new SecretMasker(
        Stream.concat(
            Stream.of(Optional.of(token.value()), proof(), token.appSecret().map(Secret::value))
                .flatMap(Optional::stream),
            Stream.of(more).map(Secret::value)));
  }
}
