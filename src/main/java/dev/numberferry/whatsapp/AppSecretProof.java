package dev.numberferry.whatsapp;

import dev.numberferry.secrets.AccessToken.AppSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code appsecret_proof}: HMAC-SHA256 of the token, keyed with the app's secret, in hex. An app
 * that requires it refuses every call without.
 */
final class AppSecretProof {

  private static final String ALGORITHM = "HmacSHA256";

  private AppSecretProof() {}

  static String of(String token, AppSecret appSecret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(appSecret.value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }
}
