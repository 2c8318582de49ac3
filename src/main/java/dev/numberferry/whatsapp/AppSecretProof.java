package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.AccessToken.AppSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code appsecret_proof}: the HMAC-SHA256 of an access token, keyed with the app's secret, in hex.
 * An app that requires it refuses every call without. Source: Meta's page on securing Graph API
 * calls.
 */
final class AppSecretProof {

  private static final String ALGORITHM = "HmacSHA256";

  private AppSecretProof() {}

  static String of(AccessToken token, AppSecret secret) {
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
}
