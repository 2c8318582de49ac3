package dev.numberferry.secrets;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.AccessToken.AppSecret;
import dev.numberferry.domain.InvalidInputException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a token, from a number's secret or from the shared one. */
final class AccessTokenParser {

  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

  private AccessTokenParser() {}

  static AccessToken read(String id, StoredSecret.Fields fields) {
    return new AccessToken(
        visible(id, "accessToken", fields.accessToken()),
        Optional.ofNullable(fields.appSecret())
            .map(secret -> new AppSecret(visible(id, "appSecret", secret))));
  }

  /** The shared token's secret: the token alone, or JSON like a number's secret. */
  static AccessToken readShared(StoredSecret secret) {
    String text = secret.value().strip();
    return text.startsWith("{")
        ? read(secret.id(), secret.fields())
        : new AccessToken(visible(secret.id(), "token", text), Optional.empty());
  }

  private static String visible(String id, String field, String text) {
    if (text == null || !VISIBLE.matcher(text).matches()) {
      throw new InvalidInputException(
          field + " in secret " + id,
          text == null ? "is missing" : "is not visible ASCII without spaces",
          "Store it exactly as the App Dashboard shows it.");
    }
    return text;
  }
}
