package dev.numberferry.messaging;

import dev.numberferry.domain.Urgency;
import dev.numberferry.support.Texts;
import java.util.Locale;

/**
 * A mail to a person, as SNS sends it to subscribers by email.
 *
 * @param subject as SNS takes one
 */
record Mail(String subject, String text) {

  /** SNS takes fewer than 100 characters. Source: SNS's page on Publish. */
  private static final int LONGEST_SUBJECT = 99;

  Mail {
    subject = Texts.first(subject.replaceAll("[^ -~]", "?"), LONGEST_SUBJECT);
  }

  /** A mail whose subject begins with how soon a person has to look, where one has to. */
  static Mail of(Urgency urgency, String what, String text) {
    String prefix =
        switch (urgency) {
          case NOW, SOON -> urgency.word().toUpperCase(Locale.ROOT) + ": ";
          case NONE -> "";
        };
    return new Mail(prefix + what, text);
  }
}
