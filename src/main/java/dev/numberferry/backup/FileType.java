package dev.numberferry.backup;

import dev.numberferry.domain.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Files that are no text, known by their first bytes. */
enum FileType {
  GZIP("\\x1F\\x8B", "a gzip file"),
  ZIP("PK(?:\\x03\\x04|\\x05\\x06|\\x07\\x08)", "a zip file"),
  BZIP2("BZh[1-9]1AY&SY", "a bzip2 file"),
  XZ("\\xFD7zXZ\\x00", "an xz file"),
  ZSTANDARD("\\x28\\xB5\\x2F\\xFD", "a zstd file"),
  SEVEN_ZIP("7z\\xBC\\xAF\\x27\\x1C", "a 7z file"),
  OPENSSL("Salted__", "a file that openssl has encrypted"),
  AGE("age-encryption\\.org/", "a file that age has encrypted"),
  PDF("%PDF-", "a PDF file"),
  RICH_TEXT("\\{\\\\rtf", "a rich text file"),
  IMAGE("\\x89PNG|\\xFF\\xD8\\xFF", "an image");

  private static final int LONGEST = 24;

  private final Pattern start;
  private final String words;

  FileType(String start, String words) {
    this.start = Pattern.compile(start);
    this.words = words;
  }

  /**
   * @throws InvalidInputException if a file is one of these
   */
  static void refuse(byte[] file) {
    String start = new String(file, 0, Math.min(LONGEST, file.length), StandardCharsets.ISO_8859_1);
    Arrays.stream(values())
        .filter(it -> it.start.matcher(start).lookingAt())
        .findFirst()
        .ifPresent(
            it -> {
              throw new InvalidInputException(
                  "backup",
                  "is " + it.words,
                  "Unpack or decrypt it, and upload the answer of the backup call as it came.");
            });
  }
}
