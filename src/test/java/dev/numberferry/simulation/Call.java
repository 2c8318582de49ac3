package dev.numberferry.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A remote call that a process waits for, or a pause: what it does outside when it is its turn, and
 * what it does with each fault. Calls are equal where they are the same object, as their process
 * has made it. What they say beside that spares orders that come to the same.
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
    /** A connection that is made before there is anything to be sent. */
    CONNECTION,
    /** What a person does, or WhatsApp by itself. */
    HAPPENING,
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
    DIES("is the last thing that its process does"),
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

  private final Supplier<String> words;
  private final Service service;
  private final Effect effect;
  private final Map<Fault, Effect> faults = new EnumMap<>(Fault.class);
  private boolean atOnce;
  private Optional<String> number = Optional.empty();
  private Predicate<Outside> settled = outside -> false;

  private Call(Supplier<String> words, Service service, Effect effect) {
    this.words = words;
    this.service = service;
    this.effect = effect;
  }

  /** A call without faults. */
  static Call of(Service service, String words, Effect effect) {
    return new Call(() -> words, service, effect);
  }

  /** A call that changes nothing. */
  static Call read(Service service, String words, Effect effect) {
    return of(service, words, effect).or(Fault.FAILS, Done::unheard);
  }

  /**
   * A call that changes something, and that the SDK repeats where it gets no answer.
   *
   * @param words are asked for where they are needed: a process is run more often than that
   */
  static Call write(Service service, Supplier<String> words, Effect effect) {
    return new Call(words, service, effect)
        .or(Fault.FAILS, Done::unheard)
        .or(Fault.LOST, effect.unheard())
        .or(Fault.REPEATED, outside -> effect.on(effect.on(outside).outside()))
        .or(Fault.LATE, outside -> Done.unheard(outside.with(new Late(words.get(), effect))));
  }

  /** With a fault, and what it does then. */
  Call or(Fault fault, Effect then) {
    faults.put(fault, then);
    return this;
  }

  /** Before it no time passes. */
  Call atOnce() {
    atOnce = true;
    return this;
  }

  /** It reads and changes nothing but what is of one number. */
  Call about(String one) {
    number = Optional.of(one);
    return this;
  }

  /**
   * @param since when this is so, nothing that others do changes its answer any more, and none of
   *     them sees what it does
   */
  Call settled(Predicate<Outside> since) {
    settled = since;
    return this;
  }

  String words() {
    return words.get();
  }

  Service service() {
    return service;
  }

  boolean isAtOnce() {
    return atOnce;
  }

  /** The number whose affair it is alone, if it is one's. */
  Optional<String> number() {
    return number;
  }

  boolean isSettled(Outside outside) {
    return settled.test(outside);
  }

  Done on(Outside outside) {
    return effect.on(outside);
  }

  Map<Fault, Effect> faults() {
    return faults;
  }
}
