package dev.numberferry.whatsapp;

import dev.numberferry.domain.Secret;
import dev.numberferry.support.CodePoints;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes own secret values out of Meta's texts, which may echo what was sent: whole, URL-encoded, or
 * cut short as long values are. A secret of a few letters blanks those letters everywhere, which
 * costs legibility and nothing else.
 */
final class SecretMasker {

  private static final int LONGEST_TEXT = 1_000;

  /** Long enough to give something away, and to be no ordinary word. */
  private static final int LONG = 8;

  private static final Pattern RUN = Pattern.compile("[\\x21-\\x7e&&[^\"'<>(){},;:]]+");

  private final List<String> given;

  /** Made where there is something to mask: a backup has megabytes. */
  private List<String> secrets;

  SecretMasker(Stream<String> secrets) {
    this.given = secrets.toList();
  }

  /** The text without secrets, cut to a length that fits a message; null stays null. */
  String mask(String text) {
    if (text == null) {
      return null;
    }
    if (secrets == null) {
      secrets = forms();
    }
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, Secret.MASK);
    }
    masked = RUN.matcher(masked).replaceAll(run -> Matcher.quoteReplacement(part(run.group())));
    String whole = CodePoints.whole(masked);
    String start = CodePoints.first(whole, LONGEST_TEXT);
    return start.equals(whole) ? whole : start + "…";
  }

  private List<String> forms() {
    return given.stream()
        .flatMap(value -> Stream.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8)))
        .distinct()
        .sorted((one, other) -> other.length() - one.length())
        .toList();
  }

  private String part(String run) {
    String core = run.replaceAll("[.…]+$", "");
    boolean given = core.length() >= LONG && secrets.stream().anyMatch(it -> it.contains(core));
    return given ? Secret.MASK : run;
  }
}
