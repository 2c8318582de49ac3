package dev.numberferry.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A remote call that a process waits for, or a pause: what it does outside when it is its turn, and
 * what it does with each fault. Calls are equal where they are the same object, as their process
 * has made it.
 */
final class Call {

  /** What a call is made to. */
  enum Service {
    LEDGER,
    /** Which keys and indexes the table has. */
    LEDGER_FORM,
    SECRETS,
    BUCKET,
    TOPIC,
    QUEUE,
    WHATSAPP,
    /** What is asked of WhatsApp that decides nothing. */
    DETAILS,
    /** The machine itself: no network, and no fault. */
    MACHINE,
    /** A pause. */
    CLOCK
  }

  /** What can become of a call besides its answer. */
  enum Fault {
    FAILS("does not arrive, and gets no answer"),
    LOST("takes effect, and its answer is lost"),
    REPEATED("takes effect, and is made again as its answer was lost"),
    LATE("gets no answer, and arrives later"),
    STALE("is answered as if the last change had not come yet");

    private final String words;

    Fault(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** What a call does, and what is answered. */
  interface Effect {
    Done on(Outside outside);

    /** The same without an answer. */
    default Effect unheard() {
      return outside -> Done.unheard(on(outside).outside());
    }
  }

  /**
   * A call as it was made.
   *
   * @param answer a value, so that equal answers make equal processes; nothing where there was none
   */
  record Done(Outside outside, Optional<Object> answer) {

    static Done of(Outside outside, Object answer) {
      return new Done(outside, Optional.of(answer));
    }

    static Done unheard(Outside outside) {
      return new Done(outside, Optional.empty());
    }
  }

  private final String words;
  private final Service service;
  private final Effect effect;
  private final Map<Fault, Effect> faults;
  private final boolean atOnce;

  private Call(
      String words, Service service, Effect effect, Map<Fault, Effect> faults, boolean atOnce) {
    this.words = words;
    this.service = service;
    this.effect = effect;
    this.faults = faults;
    this.atOnce = atOnce;
  }

  /** A call without faults. */
  static Call of(Service service, String words, Effect effect) {
    return new Call(words, service, effect, Map.of(), false);
  }

  /** A call that changes nothing. */
  static Call read(Service service, String words, Effect effect) {
    return of(service, words, effect).or(Fault.FAILS, Done::unheard);
  }

  /** A call that changes something, and that the SDK repeats where it gets no answer. */
  static Call write(Service service, String words, Effect effect) {
    return read(service, words, effect)
        .or(Fault.LOST, effect.unheard())
        .or(Fault.REPEATED, outside -> effect.on(effect.on(outside).outside()))
        .or(Fault.LATE, outside -> Done.unheard(outside.with(new Late(words, effect))));
  }

  /** The same call with a fault, and what it does then. */
  Call or(Fault fault, Effect then) {
    Map<Fault, Effect> all = new EnumMap<>(Fault.class);
    all.putAll(faults);
    all.put(fault, then);
    return new Call(words, service, effect, all, atOnce);
  }

  /** The same call, before which no time passes. */
  Call atOnce() {
    return new Call(words, service, effect, faults, true);
  }

  String words() {
    return words;
  }

  Service service() {
    return service;
  }

  boolean isAtOnce() {
    return atOnce;
  }

  Done on(Outside outside) {
    return effect.on(outside);
  }

  Map<Fault, Effect> faults() {
    return faults;
  }
}
