package dev.numberferry.fleet;

import dev.numberferry.domain.Finding;
import dev.numberferry.domain.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A column of a manifest, by its name in the header, whose case and spaces do not matter. */
enum Column {
  NUMBER("phoneNumberId", true),
  BACKUP_KEY("backupKey", true),
  EXPECTED_NUMBER("expectedNumber", false),
  SECRET_ID("secretId", false);

  private final String title;
  private final boolean needed;

  Column(String title, boolean needed) {
    this.title = title;
    this.needed = needed;
  }

  private static final String NAMES =
      Arrays.stream(values()).map(it -> it.title).collect(Collectors.joining(", "));

  /** Anything else is perhaps a value, or the rows behind a quote that was never closed. */
  private static final Pattern NAME = Pattern.compile("[\\p{L} _-]{1,40}");

  private static final String CURE =
      "Name the columns in the first row: phoneNumberId, backupKey and, if wanted, expectedNumber"
          + " and secretId.";

  /** Its name, as people write it. */
  String title() {
    return title;
  }

  /**
   * Where each column stands.
   *
   * @throws InvalidInputException with all that is wrong with the header
   */
  static Map<Column, Integer> places(List<String> header) {
    Map<Column, Integer> places = new EnumMap<>(Column.class);
    List<Finding> findings = new ArrayList<>();
    if (header.stream().noneMatch(it -> of(it).isPresent())) {
      // It may be a row of the list, which is not quoted.
      throw new InvalidInputException("the manifest", "has no header", CURE);
    }
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      Optional<Column> column = of(name);
      if (column.isPresent() && places.putIfAbsent(column.get(), i) != null) {
        findings.add(wrong(column.get().title, "stands twice", "Remove one of the two."));
      } else if (column.isEmpty() && !name.isEmpty()) {
        findings.add(
            wrong(
                NAME.matcher(name).matches() ? name : String.valueOf(i + 1),
                "is not known",
                "Remove it or correct its name; known are " + NAMES + "."));
      }
    }
    Arrays.stream(values())
        .filter(it -> it.needed && !places.containsKey(it))
        .forEach(it -> findings.add(wrong(it.title, "is missing", CURE)));
    Problems.throwIfAny(findings);
    return places;
  }

  private static Optional<Column> of(String name) {
    String plain = plain(name);
    return Arrays.stream(values()).filter(it -> plain(it.title).equals(plain)).findFirst();
  }

  private static String plain(String name) {
    return name.replaceAll("[\\s\\p{Z}_-]", "").toLowerCase(Locale.ROOT);
  }

  private static Finding wrong(String name, String problem, String cure) {
    return Finding.error("column " + name, problem, cure);
  }
}
