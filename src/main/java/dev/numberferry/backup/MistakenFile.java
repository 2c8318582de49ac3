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
  REPEATED(
      whole("(.)\\1*+=*+"),
      "is one character repeated",
      "Take the backup again and store the answer of the call as it came."),
  PLACEHOLDER(
      whole(
              "<[^<>/]{1,80}>|\\{{1,3}[A-Za-z0-9 _.:-]{1,80}}{1,3}|[$#@]\\{{1,2}[^{}]{1,80}}{1,2}"
                  + "|\\$(?:[A-Z0-9]+(?:_[A-Z0-9]+){1,20}|[a-z0-9]+(?:_[a-z0-9]+){1,20})"
                  + "|%{1,2}[A-Za-z0-9_]{1,80}%{1,2}|\\[{1,2}[A-Za-z0-9 _.:-]{1,80}]{1,2}"
                  + "|__[A-Za-z0-9_]{1,80}__|@@[A-Za-z0-9_.-]{1,80}@@|\\$env:[A-Za-z0-9_]{1,80}"
                  + "|(?:undefined|null){2,9}"
                  + "|(?:System(?:\\.[A-Z][a-z]{1,20}){1,5}(?:\\[])?){1,9}"
                  + "|[a-z]{1,20}(?:[_-][a-z]{1,20}[0-9]{0,2}){2,11}"
                  + "|[A-Z]{1,20}(?:[_-][A-Z]{1,20}[0-9]{0,2}){2,11}"
                  + "|[xX]++(?:[-_.:/][xX]++){0,20}")
          .or(
              whole(
                  "(?i)(?:[a-z0-9]{1,20}[-_.]){0,9}(?:your|insert|paste|replace|placeholder|here"
                      + "|example|sample|dummy|todo|changeme|backup|data|string)"
                      + "(?:[-_.][a-z]{1,20}){0,9}"))
          .or(
              whole(
                  "(?i)\\$?(?:your|my|the|this|insert|paste|put|replace|with|here|goes|from|of|encoded"
                      + "|encrypted|base64|whatsapp|on|prem|premises|backup|settings|data|string"
                      + "|blob|content|value|text|placeholder){2,12}")),
      "is a placeholder, as of a manual or a template",
      "Store the answer of the backup call in its place."),
  XML(
      begins("<"),
      "is XML, as errors of S3 are",
      "Read what it says, then take the backup again and store the answer of the call as it came."),
  ARMOUR(
      begins("-----BEGIN "),
      "is in PEM or PGP armour",
      "Decrypt or decode it, and store the answer of the backup call as it came."),
  ENCRYPTED(
      begins("ENC[\\[(]"),
      "is encrypted, as by SOPS or Jasypt",
      "Decrypt it, and store the answer of the backup call as it came."),
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
      has("\"'").and(contains("[\"'](?:settings|data)\\\\?[\"']\\s*:")),
      "has the backup's answer inside of something else",
      "Store the answer of the backup call alone, as it came."),
  LOCATION(
      begins("(?i)[a-z][a-z0-9+.-]{1,9}://|arn:aws[a-z-]{0,10}:")
          .or(whole("@?[A-Za-z0-9_.\\\\/:~-]{1,300}\\.(?:json|txt|b64|bin|dat|bak|zip|gz)"))
          .or(
              whole(
                  "[.~]{0,2}/?[a-z][a-z0-9_.-]{1,40}/(?:[a-z0-9_.-]{1,40}/){0,7}[a-z0-9_.-]{1,60}"
                      + "|[A-Za-z]:\\\\[A-Za-z0-9_.\\\\-]{1,200}")),
      "is a text that says where it is stored",
      "Store the answer of the backup call itself."),
  ACCESS_TOKEN(
      whole("(?:(?i:bearer)[:=]?)?EAA[A-Za-z0-9]{60,400}"),
      "is an access token",
      "Store the answer of the backup call; the token's place is the number's secret."),
  WEB_TOKEN(
      whole("eyJ[A-Za-z0-9_-]{8,}+(?:(?:\\.[A-Za-z0-9_-]*+){2}){1,2}"),
      "is a JSON web token",
      "Store the answer of the backup call as it came."),
  NAME_BEFORE(
      begins(
              "(?i)(?:export )?\\$?[a-z0-9_.\\[-]{0,40}"
                  + "(?:data|backup|settings|content|value|string|payload|blob|result|response"
                  + "|answer|body|data-raw|b64|base64|binary)\\]?"
                  + " ?(?::=|=>|->|[:=]|(?<=base64),)(?=[^=])")
          .or(
              whole(
                  Form.NAME
                      + "(?:=|[\"'`][:=])[\"'`]?"
                      + Form.DIGITS
                      + "{16,}+={0,2}+[\"'`}\\]]{0,4}")),
      "has a name before it",
      "Store the string alone, or the answer of the backup call as it came."),
  FIELD_BEHIND(
      begins(Form.DIGITS + "{16,}+(?:={1,2}+|(?:%3[Dd]){1,2}+)?&[A-Za-z_][A-Za-z0-9_.-]{0,40}="),
      "has another field behind it, as of a form",
      "Store the string alone, or the answer of the backup call as it came."),
  ESCAPES(
      plainBut("\\", "\\\\(?:[\"\\\\/bfnrt]|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-7]{2,3}|[+=])")
          .or(plainBut("%", "%(?:u[0-9A-Fa-f]{4}|[0-9A-Fa-f]{2})"))
          .or(plainBut("&", "&(?:amp|lt|gt|quot|apos|plus|equals|sol|nbsp|#x?[0-9A-Fa-f]{1,6});"))
          .or(ends("(?:=3D){1,2}")),
      "has escapes in it, as of JSON, a URL or HTML",
      "Store the answer of the backup call as it came: reading it as JSON undoes its escapes."),
  CUT(
      begins("\\.{3}|(?i:truncated|redacted|omitted):")
          .or(ends("\\.{3}|--More--(?:\\([0-9]{1,3}%\\))?"))
          .or(plainBut("...", "[\\[<({]?\\.{3,}[\\]>)}]?(?:[\\[<({][^\\]>)}]{0,40}[\\]>)}])?"))
          .or(plainBut("*", "\\*{3,}"))
          .or(has("\u2026"))
          .or(
              has("[<({")
                  .and(
                      contains(
                          "[\\[<({](?:snip[\\]>)}]|(?i:truncated|omitted|redacted|snipped)\\b)"))),
      "is cut or masked, as terminals, viewers and logs show long texts",
      "Take the backup again and store the answer of the call in a file, without showing it."),
  MARK_BEHIND(
      whole(
              "[A-Za-z0-9+/_-]++={0,2}+(?:[%$#>\\\\,;\u23CE\u21B5\u00B6]|\\^[A-Z@\\[\\]\\\\]"
                  + "|[\\w.-]*@[\\w.-]{1,80}[:~\\w/.-]{0,200}[$#%>]"
                  + "|[~/][\\w./~-]{0,200}[$#%>]|[A-Za-z]?:\\\\[\\w.\\\\-]{0,200}>"
                  + "|(?:ba|da|k|z)?sh-[0-9.]{1,8}[$#]"
                  + "|\\[[\\w.-]{1,80}@[\\w.-]{1,80}[~\\w/. -]{0,200}][$#%])")
          .or(ends("\\(END\\)")),
      "has a mark behind it, as of a terminal or of a list",
      "Take the backup again and store the answer of the call in a file, without copying it."),
  QUOTE(
      begins("\"|'.*'\\z")
          .or(whole("[bBuU]?[\"'`]" + Form.DIGITS + "++={0,2}+[\"'`]?"))
          .or(whole(Form.DIGITS + "++={0,2}+[\"'`]"))
          .or(ends("\",?"))
          .or(whole("[A-Za-z0-9+/_-]++={0,2}+\"\\s{0,9}[}\\]][}\\]\\s,]{0,9}")),
      "begins or ends with a quote and is no JSON text, perhaps cut off",
      "Take the backup again and store the answer of the call as it came.");

  /** Parts of patterns. */
  private static final class Form {

    /** A digit of base64 in either alphabet. */
    private static final String DIGITS = "[A-Za-z0-9+/_-]";

    /**
     * Words in one case or in CamelCase, which base64 that is padded in its middle does not begin
     * with.
     */
    private static final String NAME =
        "_{0,2}(?:[a-z]{2,20}|[A-Z][a-z]{1,20}|[A-Z]{2,20})(?:[A-Z][a-z]{1,20}){0,4}[0-9]{0,3}"
            + "(?:[_.-](?:[a-z0-9]{1,20}|[A-Z0-9]{1,20}|[A-Z][a-z]{1,20})){0,5}";
  }

  private static final int TAIL = 60;

  /** Base64 in either alphabet, and what may stand between parts of it. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9+/=_.:~-]*+");

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

  private static Predicate<String> whole(String regex) {
    return Pattern.compile(regex).asMatchPredicate();
  }

  /**
   * Whether a text is of letters, digits and little else once such marks are taken out of it. In
   * alphabets that have the marks as digits other characters are left.
   *
   * @param start what each of the marks has
   */
  private static Predicate<String> plainBut(String start, String marks) {
    Pattern pattern = Pattern.compile(marks);
    return text ->
        text.contains(start) && PLAIN.matcher(pattern.matcher(text).replaceAll("")).matches();
  }

  private static Predicate<String> ends(String regex) {
    Pattern pattern = Pattern.compile("(?:" + regex + ")\\z");
    return text -> pattern.matcher(text.substring(Math.max(0, text.length() - TAIL))).find();
  }

  /** Whether any of these characters is in it; most backups have none, and need no closer look. */
  private static Predicate<String> has(String characters) {
    return text -> characters.chars().anyMatch(it -> text.indexOf(it) >= 0);
  }

  private static Predicate<String> contains(String regex) {
    return Pattern.compile(regex).asPredicate();
  }
}
