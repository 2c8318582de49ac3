package dev.numberferry.whatsapp;

import dev.numberferry.domain.Secret;
import dev.numberferry.support.Texts;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Takes own secret values out of Meta's texts, which may echo what was sent: whole, URL-encoded, or
 * cut short as long values are. A secret of a few letters blanks those letters everywhere, which
 * costs legibility and nothing else.
 */
final class SecretMasker {

  private static final int LONGEST_TEXT = 1_000;

  /** What is looked at in a text for parts of secrets: each part costs a look through a backup. */
  private static final int LONGEST_READ = 4 * LONGEST_TEXT;

  /** Longer than any PIN, password or token. */
  private static final int LONGEST_COPY = 10_000;

  /** Long enough to give something away, and to be no ordinary word. */
  private static final int LONG = 8;

  private static final Pattern RUN = Pattern.compile("[\\x21-\\x7e&&[^\"'<>(){},;:]]+");

  private static final Pattern SEPARATOR = Pattern.compile("[=&?]");

  private final List<String> secrets;

  SecretMasker(Stream<String> secrets) {
    this.secrets =
        secrets
            .flatMap(SecretMasker::forms)
            .distinct()
            .sorted((one, other) -> other.length() - one.length())
            .toList();
  }

  /** The text without secrets, cut to a length that fits a message. */
  String mask(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, Secret.MASK);
    }
    masked = Texts.first(masked, LONGEST_READ);
    masked = RUN.matcher(masked).replaceAll(run -> Matcher.quoteReplacement(part(run.group())));
    String whole = Texts.whole(masked);
    String start = Texts.first(whole, LONGEST_TEXT);
    return start.equals(whole) ? whole : start + "…";
  }

  /** Of a backup, which has megabytes, no second form is kept: {@link #isEncodedPart} finds it. */
  private static Stream<String> forms(String value) {
    return value.length() > LONGEST_COPY
        ? Stream.of(value)
        : Stream.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  private String part(String run) {
    String core = run.replaceAll("[.…]+$", "");
    boolean given =
        values(core).anyMatch(it -> it.length() >= LONG && (isPart(it) || isEncodedPart(it)));
    return given ? Secret.MASK : run;
  }

  /** What may be a value in it: all, or where it is a query or a form, what stands in between. */
  private static Stream<String> values(String core) {
    return Stream.of(
            Stream.of(core),
            SEPARATOR.splitAsStream(core),
            SEPARATOR.matcher(core).results().map(it -> core.substring(it.end())))
        .flatMap(it -> it);
  }

  private boolean isPart(String text) {
    return secrets.stream().anyMatch(it -> it.contains(text));
  }

  /** Whether it is a part in the form that a URL has it in, cut anywhere. */
  private boolean isEncodedPart(String text) {
    return text.indexOf('%') >= 0
        && IntStream.rangeClosed(0, 2)
            .mapToObj(text::substring)
            .map(SecretMasker::decoded)
            .anyMatch(it -> it.length() >= LONG && isPart(it));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replaceAll("%.?$", ""), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
