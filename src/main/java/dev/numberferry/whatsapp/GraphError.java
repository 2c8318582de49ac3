package dev.numberferry.whatsapp;

import static dev.numberferry.whatsapp.GraphError.Effect.NONE;
import static dev.numberferry.whatsapp.GraphError.Effect.UNKNOWN;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The Graph API's error codes that say something about {@code register}: what each did to the
 * number, and what the operator does now. Keyed on the code alone: 3 and 133000 come with HTTP 500
 * and are permanent. Source: Meta's Cloud API error codes and its migration guide.
 */
enum GraphError {
  PIN_MISMATCH(
      NONE,
      "The PIN was wrong and the On-Premises deployment is now down: find out the number's PIN,"
          + " store it in the secret, and do not send this one again.",
      133005),
  PIN_GUESSES(
      NONE,
      "WhatsApp locked PIN attempts: wait as long as details says, and make sure of the PIN before"
          + " you try again.",
      133008,
      133009),
  ACCOUNT_LOCKED(
      NONE,
      "The account is locked or the PIN does not match: treat it as a wrong PIN, look into WhatsApp"
          + " Manager, and do not send this PIN again.",
      131031),
  CALLS_USED_UP(
      NONE,
      "WhatsApp's 10 register calls in 72 hours are used up: wait 72 hours before you try again.",
      133016),
  RECENTLY_DELETED(
      NONE,
      "The number was deleted a moment ago: wait 5 minutes, then run the event once more.",
      133015),
  NOT_VERIFIED(
      NONE,
      "The number must be verified: request a code, verify it, then run the event again.",
      133006),
  NOT_REGISTERED(
      NONE,
      "WhatsApp says that the number is not registered: check in WhatsApp Manager where the number"
          + " is before you try again.",
      133010),
  DEREGISTRATION_INCOMPLETE(
      NONE,
      "An earlier deregistration is incomplete: deregister the number, then run the event again.",
      133000),
  TOKEN_REFUSED(
      NONE,
      "The access token is invalid or expired: store a new one in the secret, then run the event"
          + " again.",
      0,
      190),
  PERMISSION_MISSING(
      NONE,
      "The token lacks a permission: grant whatsapp_business_messaging and"
          + " whatsapp_business_management, then run the event again.",
      with(IntStream.rangeClosed(200, 299), 3, 10)),
  RESTRICTED(
      NONE,
      "WhatsApp restricts this account or denies access: see to it in WhatsApp Manager before you"
          + " try again.",
      368,
      131005),
  NO_SUCH_NUMBER(
      NONE,
      "There is no such number, or this token may not see it: correct phoneNumberId or the token,"
          + " then run the event again.",
      33,
      803),
  PARAMETER_INVALID(
      NONE,
      "WhatsApp refused a value, perhaps the backup or its password: correct what message and"
          + " details name, then run the event again.",
      100,
      131008,
      131009),
  CERTIFICATE(
      NONE,
      "WhatsApp reports a certificate or registration error: look at the number in WhatsApp"
          + " Manager, and ask Meta's support with fbtraceId.",
      131045),
  RATE_LIMITED(
      NONE,
      "WhatsApp's rate limit was hit and nothing was done: wait an hour, then run the event again.",
      4,
      80007,
      130429),
  UNAVAILABLE(UNKNOWN, 133004, 1, 2, 131000, 131016, 131057);

  /** What an error leaves behind. */
  enum Effect {
    /** The number was not moved, for certain. */
    NONE,
    /** The number may have moved. */
    UNKNOWN
  }

  /** The code of an access token that is invalid or expired. */
  static final int INVALID_TOKEN = 190;

  static final String LOOK_FIRST =
      "The number may have moved or be down: look at it in WhatsApp Manager before you do anything"
          + " else, and do not run the event again while it shows there as connected.";

  private final Effect effect;
  private final String nextStep;
  private final int[] codes;

  GraphError(Effect effect, int... codes) {
    this(effect, LOOK_FIRST, codes);
  }

  GraphError(Effect effect, String nextStep, int... codes) {
    this.effect = effect;
    this.nextStep = nextStep;
    this.codes = codes;
  }

  static Optional<GraphError> of(int code) {
    return Arrays.stream(values())
        .filter(error -> Arrays.stream(error.codes).anyMatch(known -> known == code))
        .findFirst();
  }

  Effect effect() {
    return effect;
  }

  String nextStep() {
    return nextStep;
  }

  private static int[] with(IntStream range, int... more) {
    return IntStream.concat(range, Arrays.stream(more)).toArray();
  }
}
