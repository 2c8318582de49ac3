package dev.numberferry.backup;

import dev.numberferry.domain.InvalidInputException;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Texts that are found where a backup should be: how each is known, what it looks like, and what to
 * do. A string is never refused for being base64: only what decodes to the backup call's answer is.
 */
enum MistakenFile {
  HTTP_HEADERS(
      begins("HTTP/[0-9.]+ [0-9]{3}|[<>*] |[A-Za-z][A-Za-z-]{2,40}: ?[^\\n]{0,8000}\\n"),
      "is an answer with its HTTP headers before it",
      "Store the answer's body alone: call curl without -i and -v."),
  STATUS_CODE(
      begins("[{\"]").and(ends("[}\"]\\s*(?i:[a-z_ :=]{0,20})[1-5][0-9]{2}")),
      "is an answer with a status code behind it",
      "Store the answer's body alone: call curl without -w."),
  OTHER_QUOTES(
      begins("\\{\\s*(?:\\\\\"|')"),
      "is no JSON: its quotes are escaped or single ones",
      "Store the answer of the backup call as it came, and not as a program or shell prints it."),
  DATA_URL(
      begins("(?i)data:[^,\\s]{0,100},"),
      "is a data URL",
      "Store the answer of the backup call as it came, and not encoded once more."),
  CHUNKS(
      begins("[0-9A-Fa-f]{1,8}(?:;chunk-signature=|\\r\\n)"),
      "is framed in chunks, as of an upload that was stored as it was sent (aws-chunked)",
      "Upload the backup again with the AWS CLI or a newer SDK."),
  FORM(
      begins("--[^\\s]{1,70}\\r?\\n(?i:Content-)"),
      "is a multipart form",
      "Upload the file alone, and not as a form."),
  HTML_PAGE(
      begins("(?i)<!doctype html|<html|<head|<body"),
      "is an HTML page",
      "Read what it says, then take the backup again and store the answer of the call as it came."),
  XML(
      begins("<"),
      "is XML, as errors of S3 are",
      "Read what it says, then take the backup again and store the answer of the call as it came."),
  ARMOUR(
      begins("-----BEGIN "),
      "is in PEM or PGP armour",
      "Decrypt or decode it, and store the answer of the backup call as it came."),
  HASH(
      begins(
          "(?i)(?:\\\\?|(?:MD5|SHA)[0-9-]{0,4}[ :=(][^\\n]{0,300}?)"
              + "(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64}|[0-9a-f]{56}|[0-9a-f]{40}|[0-9a-f]{32})"
              + "(?: [ *][^\\n]{1,300})?\\z"),
      "is a bare hash",
      "Upload the backup itself, and not its checksum."),
  ENCODED_ANSWER(
      EncodedAnswer::isOne,
      "is the backup's answer encoded once more, in base64, hexadecimal or as in a URL",
      "Decode it, and store the answer of the backup call as it came."),
  ANSWER_INSIDE(
      hasQuote().and(contains("[\"'](?:settings|data)\\\\?[\"']\\s*:")),
      "has the backup's answer inside of something else",
      "Store the answer of the backup call alone, as it came."),
  QUOTE(
      begins("\"|'.*'\\z").or(ends("\",?")),
      "begins or ends with a quote and is no JSON text, perhaps cut off",
      "Take the backup again and store the answer of the call as it came.");

  private static final int TAIL = 60;

  private final Predicate<String> known;
  private final String problem;
  private final String cure;

  MistakenFile(Predicate<String> known, String problem, String cure) {
    this.known = known;
    this.problem = problem;
    this.cure = cure;
  }

  /**
   * @throws InvalidInputException if the text looks like one of these; the first that fits is named
   */
  static void refuseAll(String text) {
    Arrays.stream(values()).forEach(it -> it.refuse(text));
  }

  /**
   * @throws InvalidInputException if the text looks like this
   */
  void refuse(String text) {
    if (known.test(text)) {
      throw new InvalidInputException("backup", problem, cure);
    }
  }

  private static Predicate<String> begins(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return text -> pattern.matcher(text).lookingAt();
  }

  private static Predicate<String> ends(String regex) {
    Pattern pattern = Pattern.compile("(?:" + regex + ")\\z");
    return text -> pattern.matcher(text.substring(Math.max(0, text.length() - TAIL))).find();
  }

  /** A backup has none as a rule: then its megabytes need no closer look. */
  private static Predicate<String> hasQuote() {
    return text -> text.indexOf('"') >= 0 || text.indexOf('\'') >= 0;
  }

  private static Predicate<String> contains(String regex) {
    return Pattern.compile(regex).asPredicate();
  }
}
