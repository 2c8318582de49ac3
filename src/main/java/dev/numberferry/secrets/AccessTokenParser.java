package dev.numberferry.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.AccessToken.AppSecret;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.support.StrictJson;
import dev.numberferry.support.Texts;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a token, from a number's secret or from the shared one. */
final class AccessTokenParser {

  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

  private AccessTokenParser() {}

  static AccessToken read(String id, StoredSecret.Fields fields) {
    return new AccessToken(
        Optional.ofNullable(fields.accessToken())
            .map(token -> visible(id, "accessToken", token))
            .orElseThrow(() -> invalid(id, "accessToken", "is missing")),
        Optional.ofNullable(fields.appSecret())
            .map(secret -> new AppSecret(visible(id, "appSecret", secret))));
  }

  /** The shared token's secret: the token alone, perhaps in quotes, or JSON like a number's. */
  static AccessToken readShared(StoredSecret secret) {
    String text = Texts.trimmed(secret.value());
    return text.startsWith("{")
        ? read(secret.id(), secret.fields())
        : new AccessToken(visible(secret.id(), "token", unquoted(text)), Optional.empty());
  }

  private static String unquoted(String text) {
    return text.startsWith("\"")
        ? StrictJson.parse(text).map(JsonNode::textValue).orElse(text)
        : text;
  }

  private static String visible(String id, String field, String text) {
    String token = Texts.trimmed(text);
    if (Texts.hasInvisible(token)) {
      throw invalid(id, field, "has an invisible character in it");
    }
    if (!VISIBLE.matcher(token).matches()) {
      throw invalid(id, field, "is not visible ASCII without spaces");
    }
    return token;
  }

  private static InvalidInputException invalid(String id, String field, String problem) {
    return new InvalidInputException(
        field + " in secret " + id, problem, "Store it exactly as the App Dashboard shows it.");
  }
}
