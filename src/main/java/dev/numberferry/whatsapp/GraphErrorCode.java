package dev.numberferry.whatsapp;

import static dev.numberferry.whatsapp.GraphErrorCode.Effect.LATER;
import static dev.numberferry.whatsapp.GraphErrorCode.Effect.REFUSED;
import static dev.numberferry.whatsapp.GraphErrorCode.Effect.UNKNOWN;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The Graph API's error codes that say something about {@code register}: what each did to the
 * number, when a new attempt makes sense, and what the operator does now. Keyed on the code alone:
 * 3 and 133000 come with HTTP 500 and are permanent. Source: Meta's Cloud API error codes and its
 * migration guide.
 */
enum GraphErrorCode {
  PIN_MISMATCH(
      REFUSED,
      null,
      "The PIN was wrong and the On-Premises deployment is now down: find out the number's PIN and"
          + " store it in the secret, which is then a new attempt.",
      133005),
  PIN_GUESSES(
      REFUSED,
      null,
      "WhatsApp locked PIN attempts: wait as long as details says, make sure of the PIN, then send"
          + " the event with another PIN in the secret or with a retry reason.",
      133008,
      133009),
  ACCOUNT_LOCKED(
      REFUSED,
      null,
      "The account is locked or the PIN does not match: look into WhatsApp Manager, then send the"
          + " event with another PIN in the secret or with a retry reason.",
      131031),
  CALLS_USED_UP(
      REFUSED,
      Duration.ofHours(72),
      "WhatsApp's 10 register calls in 72 hours are used up: send the event with a retry reason"
          + " when 72 hours have passed.",
      133016),
  RECENTLY_DELETED(
      REFUSED,
      Duration.ofMinutes(5),
      "The number was deleted a moment ago: send the event with a retry reason once, when 5 minutes"
          + " have passed.",
      133015),
  NOT_VERIFIED(
      REFUSED,
      null,
      "The number must be verified: request a code, verify it, then send the event with a retry"
          + " reason.",
      133006),
  NOT_REGISTERED(
      REFUSED,
      null,
      "WhatsApp says that the number is not registered: find out in WhatsApp Manager where it is,"
          + " then send the event with a retry reason.",
      133010),
  DEREGISTRATION_INCOMPLETE(
      REFUSED,
      null,
      "An earlier deregistration is incomplete: deregister the number, then send the event with a"
          + " retry reason.",
      133000),
  TOKEN_REFUSED(
      REFUSED,
      null,
      "The access token is invalid or expired: store a new one, then send the event again, with a"
          + " retry reason if the token is the shared one.",
      0,
      190),
  PERMISSION_MISSING(
      REFUSED,
      null,
      "The token lacks a permission: grant whatsapp_business_messaging and"
          + " whatsapp_business_management, then send the event with a retry reason.",
      with(IntStream.rangeClosed(200, 299), 3, 10)),
  RESTRICTED(
      REFUSED,
      null,
      "WhatsApp restricts this account or denies access: see to it in WhatsApp Manager, then send"
          + " the event with a retry reason.",
      368,
      131005),
  NO_SUCH_NUMBER(
      REFUSED,
      null,
      "There is no such number, or this token may not see it: correct phoneNumberId or the token,"
          + " then send the event again, with a retry reason if nothing else in it changed.",
      33,
      803),
  PARAMETER_INVALID(
      REFUSED,
      null,
      "WhatsApp refused a value, perhaps the backup or its password: correct what message and"
          + " details name, then send the event again.",
      100,
      131008,
      131009),
  CERTIFICATE(
      REFUSED,
      null,
      "WhatsApp reports a certificate or registration error: look at the number in WhatsApp"
          + " Manager, and ask Meta's support with fbtraceId.",
      131045),
  RATE_LIMITED(
      LATER,
      Duration.ofHours(1),
      "WhatsApp's rate limit was hit and nothing was done: send the event with a retry reason when"
          + " an hour has passed.",
      4,
      80007,
      130429),
  PASSING(UNKNOWN, null, GraphErrorCode.LOOK_FIRST, 133004, 1, 2, 131000, 131016, 131057);

  /** What an error leaves behind. */
  enum Effect {
    /** The number was not moved, for certain. */
    REFUSED,
    /** Nothing was done, and the same will be done later. */
    LATER,
    /** The number may have moved. */
    UNKNOWN
  }

  /** The code of an access token that is invalid or expired. */
  static final int INVALID_TOKEN = 190;

  /** The code of a parameter that is invalid, or of a field that the app may not see. */
  static final int INVALID_PARAMETER = 100;

  /** With {@link #INVALID_PARAMETER}: there is no such object. */
  static final int NO_SUCH_OBJECT = 33;

  /** What is left to say where the effect is unknown. */
  static final String LOOK_FIRST =
      "The number may have moved or be down: look at it in WhatsApp Manager, and send the event"
          + " with a retry reason only if it is still on On-Premises.";

  private final Effect effect;
  private final Duration wait;
  private final String nextStep;
  private final int[] codes;

  GraphErrorCode(Effect effect, Duration wait, String nextStep, int... codes) {
    this.effect = effect;
    this.wait = wait;
    this.nextStep = nextStep;
    this.codes = codes;
  }

  static Optional<GraphErrorCode> of(int code) {
    return Arrays.stream(values())
        .filter(error -> Arrays.stream(error.codes).anyMatch(known -> known == code))
        .findFirst();
  }

  Effect effect() {
    return effect;
  }

  /** How long to wait before a new attempt makes sense, where waiting is what helps. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(wait);
  }

  String nextStep() {
    return nextStep;
  }

  private static int[] with(IntStream range, int... more) {
    return IntStream.concat(range, Arrays.stream(more)).toArray();
  }
}
