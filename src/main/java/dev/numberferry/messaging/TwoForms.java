package dev.numberferry.messaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.support.PlainJson;
import dev.numberferry.support.Texts;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A message that is JSON for programs and a text for mails. Source: SNS's page on Publish. */
final class TwoForms {

  private static final String CUT = "\n... (cut)\n";

  /** Less of a mail than this helps nobody. */
  private static final int SHORTEST = 1_000;

  private TwoForms() {}

  /**
   * Both in one, as {@code MessageStructure} {@code json} wants it. The mail is cut where it does
   * not fit, the JSON never.
   *
   * @param most so many bytes of UTF-8 for all of it
   * @return nothing where there is no room for a mail beside the JSON
   */
  static Optional<String> of(ObjectMapper json, String programs, String mail, int most) {
    int room = most - bytes(written(json, programs, ""));
    return room < SHORTEST
        ? Optional.empty()
        : Optional.of(written(json, programs, cut(Texts.whole(mail), room)));
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String written(ObjectMapper json, String programs, String mail) {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("default", programs);
    forms.put("email", mail);
    return PlainJson.write(json, forms);
  }

  /** As much of a text as fits, when it is written as JSON. */
  private static String cut(String text, int room) {
    int fitting = 0;
    int used = 0;
    int usedByCut = CUT.codePoints().map(TwoForms::written).sum();
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      used += written(text.codePointAt(i));
      if (used > room) {
        return text.substring(0, fitting) + CUT;
      }
      if (used <= room - usedByCut) {
        fitting = text.offsetByCodePoints(i, 1);
      }
    }
    return text;
  }

  /** So many bytes does a character take in JSON. */
  private static int written(int character) {
    if (character < ' ') {
      return "\b\t\n\f\r".indexOf(character) < 0 ? "\\u0000".length() : 2;
    }
    if (character == '"' || character == '\\') {
      return 2;
    }
    return bytes(Character.toString(character));
  }
}
