package dev.numberferry.whatsapp;

import static dev.numberferry.whatsapp.ErrorMatch.answers;
import static dev.numberferry.whatsapp.ErrorMatch.blames;
import static dev.numberferry.whatsapp.ErrorMatch.code;
import static dev.numberferry.whatsapp.ErrorMatch.coded;
import static dev.numberferry.whatsapp.ErrorMatch.codes;
import static dev.numberferry.whatsapp.ErrorMatch.says;
import static dev.numberferry.whatsapp.ErrorMatch.subcode;
import static dev.numberferry.whatsapp.ErrorMatch.subcodes;
import static dev.numberferry.whatsapp.ErrorMatch.type;
import static dev.numberferry.whatsapp.ErrorMatch.within;
import static dev.numberferry.whatsapp.GraphError.Call.LOOK;
import static dev.numberferry.whatsapp.GraphError.Call.REGISTER;
import static dev.numberferry.whatsapp.GraphErrorCode.Effect.LATER;
import static dev.numberferry.whatsapp.GraphErrorCode.Effect.REFUSED;
import static dev.numberferry.whatsapp.GraphErrorCode.Effect.UNKNOWN;
import static dev.numberferry.whatsapp.GraphErrorCode.Then.CHANGED;
import static dev.numberferry.whatsapp.GraphErrorCode.Then.NOTHING;
import static dev.numberferry.whatsapp.GraphErrorCode.Then.RETRY;
import static dev.numberferry.whatsapp.GraphErrorCode.Then.TOKEN;
import static java.util.function.Predicate.not;

import dev.numberferry.domain.Lock;
import dev.numberferry.domain.RegisterLimit;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The Graph API's errors: what each did to the number, when a new attempt makes sense, and what the
 * operator does now. The first line that fits is taken. The HTTP status decides nothing that a code
 * can decide: 3 and 133000 come with 500 and are permanent. Code 100 stands for many things, which
 * its subcode and text tell apart: the text first where a subcode has two meanings, as 2388001 has.
 * Where it says of itself that it will pass, it refuses nothing, whatever else it mentions.
 * Sources: Meta's Cloud API error codes, its pages on handling errors and on rate limits of the
 * Graph API, its OpenAPI document, and what people reported.
 */
enum GraphErrorCode {
  PIN_MISMATCH(
      REFUSED,
      code(133005),
      "The PIN was wrong and the On-Premises deployment is now down: find out the number's PIN and"
          + " store it in the secret, then send the event without the retry that it may have had",
      NOTHING),
  PIN_GUESSES(
      REFUSED,
      code(133008, 133009),
      "WhatsApp locked PIN attempts, and the On-Premises deployment is now down: wait until"
          + " retryAfter, before which no other PIN goes out either; meanwhile make sure of the"
          + " PIN, or store another one in the secret",
      RETRY,
      Duration.ofHours(1)),
  ACCOUNT_LOCKED(
      REFUSED,
      code(131031),
      "The account is locked or the PIN does not match, and the On-Premises deployment is probably"
          + " down: look into WhatsApp Manager, and store another PIN in the secret if this one is"
          + " wrong",
      RETRY),
  CALLS_USED_UP(
      REFUSED,
      code(133016),
      "WhatsApp's 10 register calls in 72 hours are used up: wait until retryAfter, before which no"
          + " retry lifts this",
      RETRY,
      RegisterLimit.WINDOW),
  RECENTLY_DELETED(
      REFUSED,
      code(133015),
      "The number was deleted a moment ago: wait until 5 minutes have passed",
      RETRY,
      Duration.ofMinutes(5)),
  NOT_VERIFIED(
      REFUSED, code(133006), "The number must be verified: request a code and verify it", RETRY),
  DEREGISTRATION_INCOMPLETE(
      REFUSED,
      code(133000),
      "An earlier deregistration is incomplete: deregister the number",
      RETRY),
  RESTRICTED(
      REFUSED,
      code(368, 130497, 131005),
      "WhatsApp restricts this account or denies access: see to it in WhatsApp Manager",
      RETRY),
  CERTIFICATE(
      REFUSED,
      code(131045),
      "WhatsApp reports a certificate or registration error: look at the number in WhatsApp"
          + " Manager, and ask Meta's support with fbtraceId",
      NOTHING),
  RATE_LIMITED(
      LATER,
      code(4, 17, 32, 341, 613, 130429, 131048, 131056).or(codes(80000, 80014)),
      "WhatsApp's rate limit was hit and nothing was done: wait until retryAfter, because asking on"
          + " prolongs it",
      RETRY,
      Duration.ofHours(1)),

  WILL_PASS(
      UNKNOWN,
      code(100, 131008, 131009).and(says("temporarily|try again later").or(GraphError::passing)),
      "Nothing was sent: WhatsApp says that this error will pass; wait {wait}",
      RETRY),
  APP_BLOCKED(
      REFUSED,
      not(endsToken())
          .and(
              coded()
                  .and(not(GraphError::passing))
                  .and(
                      says(
                          "api access (is |has been )?(blocked|de-?activated|disabled|restricted)"))
                  .or(
                      code(0, 3, 10, 100, 101, 102, 190)
                          .or(codes(200, 299))
                          .and(
                              says(
                                  "app(lication)? (is|was|has been) (blocked|de-?activated|deleted"
                                      + "|disabled|restricted|suspended)|reactivate.*app"
                                      + " dashboard|developer registration|developer"
                                      + " account\\b.{0,60}(blocked|de-?activated|disabled|inactive|not"
                                      + " active|restricted|suspended)"
                                      + "|(blocked|de-?activated|disabled|inactive|restricted|suspended)\\b.{0,60}developer"
                                      + " account|non-active account|app is not active")))),
      "Meta has blocked the token's app, or its developer's account: see to what it asks for in the"
          + " App Dashboard, or store a token of another app",
      RETRY),
  ADDRESS_REFUSED(
      REFUSED,
      code(5)
          .or(
              code(10, 100, 190, 200)
                  .and(
                      says(
                          "\\bip\\b.{0,200}(can.t|cannot|not allowed|not (in|on) the"
                              + "|(white|allow).?list)|(white|allow).?list.{0,200}\\bip\\b"))),
      "The token's app takes calls from certain addresses only: add the one that the function goes"
          + " out from to the app's server IP allow list in the App Dashboard, or empty that list",
      RETRY),
  PROOF_MISSING(
      REFUSED,
      says("require.*appsecret_proof"),
      "The app wants a proof with every call: store its app secret as appSecret beside the token",
      TOKEN),
  PROOF_WRONG(
      REFUSED,
      says("appsecret_proof"),
      "The proof was refused: store the app secret of the very app that made the token as appSecret"
          + " beside it",
      TOKEN),
  TOKEN_NEEDS_LOG_IN(
      REFUSED,
      code(459, 464, 490)
          .or(
              code(102, 190)
                  .and(
                      subcode(459, 464, 490)
                          .or(
                              not(endsToken())
                                  .and(
                                      says(
                                          "checkpoint|not a confirmed user"
                                              + "|log ?in (at|to) (www\\.)?facebook"))))),
      "Meta takes this access token again when its person has done what Meta asks for: let that"
          + " person log in at facebook.com, or store a System User's token",
      RETRY),
  TOKEN_EXPIRED(
      REFUSED,
      code(463).or(code(102, 190).and(subcode(463).or(says("session (has )?expired")))),
      "The access token has expired: store a new one, at best a System User's, which need not"
          + " expire",
      TOKEN),
  TOKEN_REVOKED(
      REFUSED,
      code(452)
          .or(codes(456, 468))
          .or(
              code(102, 190)
                  .and(
                      subcodes(456, 468)
                          .or(subcode(492))
                          .or(
                              says(
                                  "been invalidated|been revoked|changed \\w+ password|logged out"
                                      + "|not authorized application")))),
      "The access token was made invalid, by a log-out, a changed log-in, or a removed app or role:"
          + " store a new one, at best a System User's",
      TOKEN),
  TOKEN_MISSING(
      REFUSED,
      code(104).or(code(2500).and(says("access token"))),
      "WhatsApp saw no access token: store a complete one",
      TOKEN),
  TOKEN_REFUSED(
      REFUSED,
      code(0, 101, 102, 190).or(code(100, 131008, 131009).and(blames("access_token"))),
      "The access token is invalid or expired: store a new one",
      TOKEN),

  OTHER_OBJECT(
      REFUSED,
      code(100)
          .and(says("on node type \\((?!whatsapp(?!\\w*preverified)\\w*(phonenumber|tonumber))")),
      "This phoneNumberId is the id of {object} and not of a phone number: copy the number's own id"
          + " from WhatsApp Manager",
      CHANGED),
  NUMBER_DELETED(
      REFUSED,
      code(33, 100, 803).and(says("number has been deleted")),
      "WhatsApp says that this number was deleted: find out in WhatsApp Manager what became of it,"
          + " and correct phoneNumberId if the number has a new id",
      CHANGED),
  NO_SUCH_ACCOUNT(
      REFUSED,
      code(33, 100, 803).and(says("business account.*(could not be|not) found")),
      "The WhatsApp Business Account of this number is gone, or the token may not see it: take a"
          + " token of the business that owns the number",
      CHANGED),
  NO_SUCH_NUMBER(
      REFUSED,
      code(33, 803)
          .or(code(100).and(subcode(33)))
          .or(
              code(100)
                  .and(
                      says(
                          "object with id|cannot be loaded|unsupported \\w+ request|number (does"
                              + " not exist|not found|id format)|invalid phone.?number.?id"))),
      "There is no such number, or the token may not see it: give the number's id as WhatsApp"
          + " Manager shows it, which is not the phone number itself, and a token of the business"
          + " that owns it",
      CHANGED),
  TERMS(
      REFUSED,
      code(3, 10, 100)
          .or(codes(200, 299))
          .and(
              says(
                  "accept\\w{0,9}\\b.{0,200}\\bterms|terms\\b.{0,200}\\baccept|terms of"
                      + " (service|use)")),
      "Terms of Meta's are not accepted yet: an administrator of the business accepts them in"
          + " WhatsApp Manager",
      RETRY),
  APP_NOT_LINKED(
      REFUSED,
      codes(200, 299).and(subcode(1349175).or(says("not linked"))),
      "The token's app is not linked to the WhatsApp Business Account of this number: add the"
          + " account to the app, or take a token of an app that has it",
      RETRY),
  BACKUP_ENDED(
      REFUSED,
      answers(REGISTER)
          .and(code(3, 10, 12, 100, 131008, 131009))
          .and(
              says(
                  "(param\\w*|field|key):? ['\"]?backup['\"]?(?![.\\w]).{0,40}(no longer"
                      + " (supported|accepted|available)|deprecated|discontinued|removed)"
                      + "|backups?['\"]?( param\\w*| field| key| support)?"
                      + " (is|are|was|were|has been|have been)"
                      + " (no longer (supported|accepted|available)|deprecated|discontinued)"
                      + "|backup['\"]? (param\\w*|field|key|support)"
                      + " (is|was|has|has been) (removed|ended|retired|withdrawn)"
                      + "|support (for|of) (the )?['\"]?backups?['\"]?( param\\w*| field| key)?"
                      + " (is|was|has|has been) (removed|ended|dropped|discontinued)"
                      + "|(unexpected|unknown|unrecognized) (key|field|param\\w*):?"
                      + " ['\"]?backup['\"]?(?![.\\w])"
                      + "|on.?premises?.{0,60}(sunset|discontinued|deprecated|has ended)"
                      + "|on.?premises?( api| client)? (is|was|has|has been) (no longer"
                      + " (supported|accepted|available)|shut ?down|ended|retired)"))
          .and(not(subcode(2388092)))
          .and(
              not(
                  says(
                      "password|format|characters|\\bvalid|decrypt|padding|version of"
                          + "|(?<!this |this api |latest |graph api )versions?+(?! v\\d)"))),
      "WhatsApp takes no such backup any more: stop, send none for any other number either, and ask"
          + " Meta's support with fbtraceId what becomes of this number",
      NOTHING),
  PERMISSION_MISSING(
      REFUSED,
      code(3, 10).or(codes(200, 299)).or(code(100).and(says("permission"))),
      "The token lacks a permission: grant whatsapp_business_messaging and"
          + " whatsapp_business_management, and access to this number's account",
      RETRY),
  REGION_EXPECTED(
      REFUSED,
      code(100, 131008, 131009).and(says("locali[sz]ation.?region")),
      "WhatsApp expects another data localization region: set dataLocalizationRegion to the one"
          + " that the error names, knowing that it cannot be changed afterwards",
      RETRY),
  VERSION_UNKNOWN(
      REFUSED,
      code(2635)
          .or(
              code(12, 100, 2500)
                  .and(
                      says(
                          "version.*(format|deprecated|not supported|not exist)|unknown path"
                              + "|(deprecated|unsupported|invalid|unknown).*version"))),
      "The Graph API does not know this version or path: set FERRY_GRAPH_VERSION to a version that"
          + " Meta's changelog lists, and make sure of phoneNumberId",
      RETRY),
  FIELD_UNKNOWN(
      REFUSED,
      answers(LOOK).and(code(100)).and(says("field")),
      "The Graph API does not tell a field that is needed, in this version or to this app: set"
          + " FERRY_GRAPH_VERSION to another version, or take a token of another app",
      RETRY),
  DISPLAY_NAME(
      REFUSED,
      code(131037, 136025)
          .or(answers(REGISTER).and(code(100)).and(says("display.?name|verified.?name"))),
      "WhatsApp does not take the number with its display name: see to the name in WhatsApp"
          + " Manager, and wait until it is approved",
      RETRY),
  IN_USE_ELSEWHERE(
      REFUSED,
      code(100).and(subcode(2388001).or(says("existing whatsapp account"))),
      "The number is in use with another WhatsApp account, in the app on a phone or with another"
          + " provider: disconnect it there",
      RETRY),
  STATE_FORBIDS(
      REFUSED,
      code(100).and(says("already registered|(invalid|current|wrong) state|state for regist")),
      "WhatsApp says that the number is registered already, or in a state that forbids it: look at"
          + " it in WhatsApp Manager, and wait if it is changing there",
      RETRY),
  NOT_REGISTERED(
      REFUSED,
      code(133010).or(code(100).and(says("not registered"))),
      "WhatsApp says that the number is not registered: find out in WhatsApp Manager where it is",
      RETRY),
  UNDER_REVIEW(
      REFUSED,
      code(100).and(says("under review|being reviewed|pending review")),
      "WhatsApp is reviewing the number or its name: wait until WhatsApp Manager shows that the"
          + " review is over",
      RETRY),
  PIN_FORM(
      REFUSED,
      answers(REGISTER)
          .and(code(100, 131008, 131009))
          .and(subcode(2388092).or(says("\\bpin\\b|two.?step"))),
      "WhatsApp refuses a PIN of this form, or one that is so common: choose another one, in"
          + " WhatsApp Manager where two-step verification is on, and store it in the secret, which"
          + " is then a new attempt",
      NOTHING),
  PASSING(
      UNKNOWN,
      code(1, 2, 131000, 131016, 131057, 133004),
      "Nothing was sent: WhatsApp cannot answer at the moment; wait {wait}",
      RETRY),
  BACKUP_REFUSED(
      REFUSED,
      answers(REGISTER)
          .and(code(100, 131008, 131009).or(codes(133001, 133003)))
          .and(says("backup|password|decrypt")),
      "WhatsApp refused the backup or its password: make sure that backupPassword is the one that"
          + " was given to the backup call, and that the backup is the answer to that call",
      CHANGED),
  VALUE_BLAMED(
      REFUSED,
      code(100, 131008, 131009)
          .and(
              blames(
                  "backup",
                  "data",
                  "password",
                  "pin",
                  "data_localization_region",
                  "id",
                  "phone_number_id",
                  "phone_number",
                  "appsecret_proof",
                  "version")),
      "WhatsApp refused the value of {blamed}: correct it where it comes from, the event, the"
          + " secret or a setting",
      CHANGED),
  OURS_BLAMED(
      REFUSED,
      code(100, 131008, 131009).and(error -> error.blamed().isPresent()),
      "WhatsApp refused the value of {blamed}, which comes from nothing that an operator stores or"
          + " sends: ask Meta's support with fbtraceId",
      NOTHING),
  OBJECT_REFUSED(
      REFUSED,
      answers(LOOK).and(code(100)).and(type("GraphMethodException")),
      "WhatsApp tells nothing of the object with this id: make sure in WhatsApp Manager that"
          + " phoneNumberId is the number's id, and that the number is in order",
      CHANGED),
  VALUE_OF_REGISTER(
      REFUSED,
      answers(REGISTER).and(code(100, 131008, 131009)),
      "WhatsApp refused a value, perhaps the backup or its password: correct what message and"
          + " details name",
      CHANGED),
  VALUE_OF_LOOK(
      REFUSED,
      code(100, 131008, 131009),
      "WhatsApp refused the question where the number is: correct what message and details name,"
          + " which can only be about phoneNumberId, the token or FERRY_GRAPH_VERSION",
      CHANGED),

  NOT_DOCUMENTED_LIMIT(
      LATER,
      error -> error.shown().code() != null && within(error.shown().httpStatus(), 429, 429),
      "WhatsApp wants fewer calls, and nothing was done: wait until retryAfter",
      RETRY,
      Duration.ofHours(1)),
  NOT_DOCUMENTED_PASSING(
      UNKNOWN,
      error ->
          error.shown().code() == null
              || error.passing()
              || within(error.shown().httpStatus(), 500, Integer.MAX_VALUE),
      "Nothing was sent: WhatsApp gave an error that may pass; wait {wait}",
      RETRY),
  NOT_DOCUMENTED(
      REFUSED,
      error -> true,
      "This code is not documented for this call: read message and details, and look at the number"
          + " in WhatsApp Manager",
      RETRY);

  /** What an error leaves behind. */
  enum Effect {
    /** The number was not moved, for certain. */
    REFUSED,
    /** Nothing was done, and the same will be done later. */
    LATER,
    /** The number may have moved. */
    UNKNOWN
  }

  /**
   * How the event goes on when the cause is gone. A look leaves no attempt behind: after it the
   * event is sent as it was.
   */
  enum Then {
    NOTHING("", ""),
    RETRY(", then send the event with a retry", ", then send the same event again"),
    CHANGED(
        ", then send the event again, with a retry if nothing else in it changed",
        ", then send the event again"),
    TOKEN(
        ", then send the event again, with a retry if the token is one for many numbers",
        ", then send the same event again");

    private final String afterRegister;
    private final String afterLook;

    Then(String afterRegister, String afterLook) {
      this.afterRegister = afterRegister;
      this.afterLook = afterLook;
    }

    private String after(GraphError.Call call) {
      return call == REGISTER ? afterRegister : afterLook;
    }
  }

  private final Effect effect;
  private final Predicate<GraphError> fits;
  private final String cure;
  private final Then then;
  private final Optional<Duration> wait;

  GraphErrorCode(Effect effect, Predicate<GraphError> fits, String cure, Then then) {
    this(effect, fits, cure, then, Optional.empty());
  }

  GraphErrorCode(Effect effect, Predicate<GraphError> fits, String cure, Then then, Duration wait) {
    this(effect, fits, cure, then, Optional.of(wait));
  }

  GraphErrorCode(
      Effect effect, Predicate<GraphError> fits, String cure, Then then, Optional<Duration> wait) {
    this.effect = effect;
    this.fits = fits;
    this.cure = cure;
    this.then = then;
    this.wait = wait;
  }

  /** Whether the subcode says that only a new token helps, whatever else the text mentions. */
  private static Predicate<GraphError> endsToken() {
    return code(102, 190).and(subcode(458, 460, 463, 466, 468, 492));
  }

  static GraphErrorCode of(GraphError error) {
    return Arrays.stream(values()).filter(it -> it.fits.test(error)).findFirst().orElseThrow();
  }

  Effect effect() {
    return effect;
  }

  /**
   * How long to wait before a new attempt makes sense, where waiting is what helps: as long as the
   * error itself says, else as long as is known of its code.
   */
  Optional<Duration> retryAfter(GraphError error) {
    return Lock.of(error.shown()).or(() -> wait);
  }

  /** Whether the fault is the access token's, so that another token may help. */
  boolean isAboutToken() {
    return then == TOKEN || this == TOKEN_NEEDS_LOG_IN;
  }

  /**
   * What the operator does now: one sentence.
   *
   * @param waits whether a wait is told beside it
   */
  String nextStep(GraphError error, boolean waits) {
    return cure.replace("{object}", error.object())
            .replace("{blamed}", error.blamed().orElse("?"))
            .replace("{wait}", waits ? "until retryAfter" : "some minutes")
        + then.after(error.call())
        + ".";
  }
}
