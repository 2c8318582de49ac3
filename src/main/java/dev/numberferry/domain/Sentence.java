package dev.numberferry.domain;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts other people's sentences together to one. */
final class Sentence {

  private static final Pattern WORD_FIRST = Pattern.compile("^[a-z]+\\b");

  private Sentence() {}

  /** A text that can stand inside of a sentence. */
  static String part(String text) {
    return text.replaceAll("[.\\s]+$", "");
  }

  /** One sentence of several parts; a field's name at its beginning stays as it is. */
  static String of(Stream<String> parts) {
    String all = parts.map(Sentence::part).collect(Collectors.joining("; "));
    return (WORD_FIRST.matcher(all).find()
            ? Character.toUpperCase(all.charAt(0)) + all.substring(1)
            : all)
        + ".";
  }
}
