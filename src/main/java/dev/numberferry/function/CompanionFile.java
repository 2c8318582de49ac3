package dev.numberferry.function;

import java.util.regex.Pattern;

/**
 * What tools leave beside a file: checksums, signatures, files of file managers and editors, and
 * unfinished copies.
 */
final class CompanionFile {

  private static final Pattern NAME =
      Pattern.compile(
          "(?i)[.~].*|.*~|thumbs\\.db|desktop\\.ini|((md5|sha\\d*)sums?|checksums?)(\\.\\w+)?"
              + "|.*\\.(md5|sha\\d*|sha\\d+-\\d+|crc\\d*c?|b2|blake\\w+|(md5|sha\\d+|b2)sums?"
              + "|checksums?|digest|sfv|sig|sign|signature|asc|minisig|p7s"
              + "|tmp|temp|part|partial|filepart|crdownload|swp)");

  private CompanionFile() {}

  static boolean isOne(String key) {
    return NAME.matcher(key.substring(key.lastIndexOf('/') + 1)).matches();
  }
}
