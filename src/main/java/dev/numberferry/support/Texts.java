package dev.numberferry.support;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts as editors, shells and consoles leave them: byte order marks, UTF-16, invisible ends. */
public final class Texts {

  /** The byte order mark of UTF-8 where it was read as Windows-1252. */
  private static final String MISREAD_MARK = "\u00EF\u00BB\u00BF";

  /** Everything that nobody sees, but for the plain space. */
  private static final Pattern INVISIBLE = Pattern.compile("(?! )[\\p{Cc}\\p{Cf}\\p{Z}]");

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  /** Half of a character, which no encoding can write; a pair of them is no match. */
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
  private static final int LONGEST_NAME = 100;

  private Texts() {}

  /**
   * The text in a file: UTF-8, or UTF-16 where a byte order mark says so, or the NUL in its first
   * character if that is ASCII.
   */
  public static String decode(byte[] file) {
    return new String(file, charset(file));
  }

  /** As {@link #decode}, or nothing where the file has bytes that are no text. */
  public static Optional<String> decodeStrictly(byte[] file) {
    try {
      return Optional.of(charset(file).newDecoder().decode(ByteBuffer.wrap(file)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The text without byte order marks, white space and invisible characters around it. */
  public static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && (isBlank(text.charAt(start)) || text.startsWith(MISREAD_MARK, start))) {
      start += isBlank(text.charAt(start)) ? 1 : MISREAD_MARK.length();
    }
    while (start < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Whether there is nothing in it that anybody sees. */
  public static boolean isBlank(String text) {
    return text.chars().allMatch(it -> isBlank((char) it));
  }

  /** Whether there is a character that nobody sees; a plain space is none. */
  public static boolean hasInvisible(String text) {
    return INVISIBLE.matcher(text).find();
  }

  /**
   * Whether this text was read in a wrong encoding in a way that changed it: UTF-16 byte by byte,
   * or UTF-8 with letters outside of ASCII as Windows-1252.
   */
  public static boolean isGarbled(String text) {
    boolean misread = text.startsWith(MISREAD_MARK);
    return text.indexOf('\0') >= 0
        || (misread && !ASCII.matcher(text.substring(MISREAD_MARK.length())).matches());
  }

  /** A name that came from outside, short and plain enough for a message. */
  public static String shown(String name) {
    String start = name.substring(0, Math.min(LONGEST_NAME, name.length()));
    String plain = UNPRINTABLE.matcher(start).replaceAll("?");
    return plain.length() < name.length() ? plain + "…" : plain;
  }

  /** The text in one line: what breaks lines, or cannot be seen, is a space. */
  public static String inOneLine(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ");
  }

  /**
   * So many characters of a text at the most, from its beginning: some take two of Java's chars.
   */
  public static String first(String text, int most) {
    return text.codePointCount(0, text.length()) > most
        ? text.substring(0, text.offsetByCodePoints(0, most))
        : text;
  }

  /** The text with a replacement character for each half of one. */
  public static String whole(String text) {
    return LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
  }

  private static boolean isBlank(char character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT;
  }

  private static Charset charset(byte[] file) {
    if (file.length < 2) {
      return StandardCharsets.UTF_8;
    }
    int first = file[0] & 0xFF;
    int second = file[1] & 0xFF;
    if ((first == 0xFF && second == 0xFE) || (first != 0 && second == 0)) {
      return StandardCharsets.UTF_16LE;
    }
    return (first == 0xFE && second == 0xFF) || (first == 0 && second != 0)
        ? StandardCharsets.UTF_16BE
        : StandardCharsets.UTF_8;
  }
}
