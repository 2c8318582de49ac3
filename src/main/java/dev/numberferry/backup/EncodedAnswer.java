package dev.numberferry.backup;

import dev.numberferry.support.Texts;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The backup call's answer where a tool has encoded it once more. */
final class EncodedAnswer {

  private static final Pattern HEX = Pattern.compile("(?i)(?:efbbbf)?7b(?:[0-9a-f]{2})+");
  private static final Pattern URL_ENCODED = Pattern.compile("(?i)(?:%EF%BB%BF)?%7B[%+\\s]");

  /** As many characters as hold the first of JSON, with a byte order mark and white space. */
  private static final int START = 24;

  private EncodedAnswer() {}

  /** Whether a text decodes to what the backup call answers, and not to just anything. */
  static boolean isOne(String text) {
    if (URL_ENCODED.matcher(text).lookingAt()) {
      return true;
    }
    return HEX.matcher(text).region(0, text.length() & ~1).matches()
        ? BackupAnswer.isOne(Texts.decode(HexFormat.of().parseHex(text, 0, text.length() & ~1)))
        : base64(text.substring(0, Math.min(START, text.length())))
            .filter(EncodedAnswer::isObject)
            .flatMap(start -> base64(text))
            .filter(BackupAnswer::isOne)
            .isPresent();
  }

  /** In either alphabet, with line breaks or without. */
  private static Optional<String> base64(String text) {
    try {
      String standard = text.replace('-', '+').replace('_', '/');
      return Optional.of(Texts.decode(Base64.getMimeDecoder().decode(standard)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isObject(String text) {
    return Texts.trimmed(text).startsWith("{");
  }
}
