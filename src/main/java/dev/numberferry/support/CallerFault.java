package dev.numberferry.support;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What AWS refuses for who calls, and when and where, and not for what is asked: no permission
 * helps, though the status is mostly that of a denial. Each service has codes of its own. Sources:
 * the pages of common errors of S3, DynamoDB, Secrets Manager, SNS and SQS; the first that fits
 * counts, as one code of a signature has several reasons.
 */
enum CallerFault {
  CLOCK(
      "RequestTimeTooSkewed|RequestExpired|RequestInTheFuture",
      "Signature expired|Signature not yet current",
      "the clock of the machine that the function runs on is wrong by minutes (a machine that was"
          + " asleep, a container of sam local): set it"),
  REGION(
      "AuthorizationHeaderMalformed",
      "(?i)scoped to a valid region",
      "the call was signed for another region: see that AWS_REGION, and AWS_ENDPOINT_URL where that"
          + " is set, are those of what is asked"),
  EXPIRED(
      "ExpiredToken(Exception)?|TokenRefreshRequired",
      "security token.* expired",
      "the function's credentials have expired: leave AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and"
          + " AWS_SESSION_TOKEN to Lambda, or set fresh ones where the function runs elsewhere"),
  CREDENTIALS(
      "InvalidAccessKeyId|InvalidClientTokenId|InvalidToken|UnrecognizedClient(Exception)?"
          + "|SignatureDoesNotMatch|InvalidSignature(Exception)?|IncompleteSignature(Exception)?"
          + "|MissingAuthenticationToken(Exception)?|MissingSecurityHeader|InvalidSecurity"
          + "|NotAuthenticated",
      "security token.* invalid",
      "AWS does not know the function's credentials: leave AWS_ACCESS_KEY_ID,"
          + " AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN to Lambda, or correct all three where the"
          + " function runs elsewhere"),
  ACCOUNT(
      "OptInRequired|SubscriptionRequired(Exception)?|NotSignedUp|AccountProblem|AllAccessDisabled"
          + "|InvalidPayer",
      "(?!)",
      "AWS has closed this to the account: see what its console says of the account and its bills");

  private final Pattern code;
  private final Pattern text;
  private final String cure;

  CallerFault(String code, String text, String cure) {
    this.code = Pattern.compile(code);
    this.text = Pattern.compile(text);
    this.cure = cure;
  }

  /**
   * @param code the answer's error code
   * @param text the answer's text, which is looked into and goes nowhere
   */
  static Optional<CallerFault> of(String code, String text) {
    boolean known = Stream.of(values()).anyMatch(it -> it.code.matcher(code).matches());
    return Stream.of(values())
        .filter(it -> it.code.matcher(code).matches() || (known && it.text.matcher(text).find()))
        .findFirst();
  }

  /** What the operator does about it. */
  String cure() {
    return "Nothing was sent: " + cure + ", then send the same event again.";
  }
}
