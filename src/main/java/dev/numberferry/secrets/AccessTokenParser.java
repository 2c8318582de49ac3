package dev.numberferry.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.AccessToken.AppSecret;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.secrets.StoredSecret.PlacedFields;
import dev.numberferry.support.StrictJson;
import dev.numberferry.support.Texts;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a token, from a number's secret or from the shared one. */
final class AccessTokenParser {

  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

  private AccessTokenParser() {}

  /**
   * @param appSecret where the secret of its app stands, if anywhere
   */
  static AccessToken read(PlacedFields secret, Optional<PlacedFields> appSecret) {
    String field = secret.named("accessToken");
    return new AccessToken(
        Optional.ofNullable(secret.fields().accessToken())
            .map(token -> visible(field, token))
            .orElseThrow(() -> invalid(field, "is missing")),
        appSecret.flatMap(AccessTokenParser::appSecret));
  }

  private static Optional<AppSecret> appSecret(PlacedFields secret) {
    return Optional.ofNullable(secret.fields().appSecret())
        .map(it -> new AppSecret(visible(secret.named("appSecret"), it)));
  }

  /** The shared token's secret: the token alone, perhaps in quotes, or JSON like a number's. */
  static AccessToken readShared(StoredSecret secret) {
    String text = Texts.trimmed(secret.value());
    return text.startsWith("{")
        ? read(secret.whole(), Optional.of(secret.whole()))
        : new AccessToken(
            visible("token in secret " + secret.id(), unquoted(text)), Optional.empty());
  }

  private static String unquoted(String text) {
    return text.startsWith("\"")
        ? StrictJson.parse(text).map(JsonNode::textValue).orElse(text)
        : text;
  }

  private static String visible(String field, String text) {
    String token = Texts.trimmed(text);
    if (Texts.hasInvisible(token)) {
      throw invalid(field, "has an invisible character in it");
    }
    if (!VISIBLE.matcher(token).matches()) {
      throw invalid(field, "is not visible ASCII without spaces");
    }
    return token;
  }

  private static InvalidInputException invalid(String field, String problem) {
    return new InvalidInputException(
        field, problem, "Store it exactly as the App Dashboard shows it.");
  }
}
