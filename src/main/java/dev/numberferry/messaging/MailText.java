package dev.numberferry.messaging;

import dev.numberferry.support.Texts;
import org.jspecify.annotations.Nullable;

/** The text of a mail, line by line. What others wrote stays in its line, and is cut. */
final class MailText {

  /** The JSON at the end has all of it. */
  private static final int LONGEST = 2_000;

  private static final String CUT = "... (cut)";

  private final StringBuilder text = new StringBuilder();

  MailText line(String line) {
    String plain = Texts.inOneLine(line);
    String start = Texts.first(plain, LONGEST);
    return raw(start.equals(plain) ? plain : start + CUT);
  }

  /** A line of which every character counts. */
  MailText raw(String line) {
    text.append(line).append('\n');
    return this;
  }

  /** What begins a part of the mail. */
  MailText part(String heading) {
    return raw("").raw(heading);
  }

  /** A name and its value, where there is one. */
  MailText fact(String name, @Nullable Object value) {
    return value == null ? this : line("  %-12s %s".formatted(name, value));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
