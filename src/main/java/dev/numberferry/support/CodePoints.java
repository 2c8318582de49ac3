package dev.numberferry.support;

import java.util.regex.Pattern;

/** Texts as whole characters, of which some take two of Java's chars. */
public final class CodePoints {

  /** Half of a character, which no encoding can write; a pair of them is no match. */
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private CodePoints() {}

  /** So many characters of a text at the most, from its beginning. */
  public static String first(String text, int most) {
    return text.codePointCount(0, text.length()) > most
        ? text.substring(0, text.offsetByCodePoints(0, most))
        : text;
  }

  /** The text with a replacement character for each half of one. */
  public static String whole(String text) {
    return LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
  }
}
