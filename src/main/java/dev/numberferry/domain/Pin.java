package dev.numberferry.domain;

import java.util.regex.Pattern;

/** A number's two-step verification PIN: 6 ASCII digits, of which leading zeros count. */
public record Pin(String value) implements Secret {

  public static final Pattern FORM = Pattern.compile("[0-9]{6}");

  @Override
  public String toString() {
    return MASK;
  }
}
