package dev.numberferry.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.numberferry.domain.Retry;
import dev.numberferry.simulation.Table.Put;
import dev.numberferry.simulation.WhatsApp.Line;
import dev.numberferry.simulation.WhatsApp.Register;
import dev.numberferry.simulation.WhatsApp.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold, after each step and in the end. */
final class Invariants {

  private Invariants() {}

  /**
   * After each step of a process.
   *
   * @param process as it was before
   */
  static void hold(Process process, Outside before, Outside after) {
    for (Item item : after.table().items().values()) {
      Optional<Item> old = before.table().get(item.key());
      if (old.filter(it -> it == item).isEmpty()) {
        if (item.isBrake()) {
          released(process, old, item);
        } else {
          written(old.map(Item::attempts).orElse(List.of()), item);
          kept(process, after, old, item);
        }
      }
    }
    after
        .topic()
        .forEach(
            (about, heard) -> {
              if (!heard.equals(before.heardOf(about))) {
                said(process, after, heard.get(heard.size() - 1));
              }
            });
    if (after.whatsApp().calls().size() > before.whatsApp().calls().size()) {
      called(process, before, after.whatsApp().callOf(process.name()).orElseThrow());
    }
  }

  /** A release lifts what it names, which it has seen engaged, and nothing that came after. */
  private static void released(Process process, Optional<Item> old, Item item) {
    Set<String> gone = old.map(Invariants::engaged).orElseGet(HashSet::new);
    gone.removeAll(engaged(item));
    Set<String> seen =
        process
            .answers()
            .flatMap(it -> brake(it).stream())
            .findFirst()
            .map(Invariants::engaged)
            .orElseGet(Set::of);
    if (!seen.containsAll(gone)) {
      throw new Violation("A release lifts nothing that came after it", process + " " + gone);
    }
  }

  private static Set<String> engaged(Item brake) {
    return brake.engagements().stream()
        .map(it -> it.path("brakeId").asText())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** What is kept as heard was heard, and what is silent as it was heard before was so, too. */
  private static void kept(Process process, Outside outside, Optional<Item> old, Item item) {
    Optional<Message> own = Optional.ofNullable(outside.own().get(Source.of(process.name())));
    JsonNode heard = item.content().path("heard");
    boolean isNew = !heard.equals(old.map(it -> it.content().path("heard")).orElse(null));
    if (heard.isObject() && isNew && own.filter(it -> it.says(heard)).isEmpty()) {
      throw new Violation("What is kept as heard was heard", "%s, not %s".formatted(own, heard));
    }
    for (AttemptView attempt : item.attempts()) {
      boolean mine = attempt.id().startsWith(process.name() + "-");
      if (mine && attempt.isRepeated() && own.filter(it -> it.says(attempt.result())).isEmpty()) {
        throw new Violation("What is silent was heard", "%s, not %s".formatted(own, attempt));
      }
    }
  }

  /** Nobody says what he knows, or may know, to be untrue, or less than he knows. */
  private static void said(Process process, Outside outside, Message message) {
    Optional<Register> call =
        outside.whatsApp().calls().stream()
            .filter(it -> it.attempt().id().equals(message.about()))
            .findFirst();
    boolean fits =
        switch (message.status()) {
          case "MIGRATED" -> call.isEmpty() || outside.whatsApp().line(message.number()).moved();
          case "REJECTED" -> call.isEmpty() || call.get().verdict() == Verdict.WRONG_PIN;
          case "NOT_SENT" -> call.isEmpty();
          case "UNKNOWN" ->
              call.filter(it -> it.heard() && it.process().equals(process.name())).isEmpty()
                  && process
                      .answers()
                      .flatMap(Invariants::items)
                      .flatMap(it -> it.attempts().stream())
                      .filter(it -> it.id().equals(message.about()))
                      .allMatch(it -> it.isOpen() || it.status().equals("UNKNOWN"));
          default -> true;
        };
    if (!fits) {
      throw new Violation("The topic hears what is known", "%s of %s".formatted(process, message));
    }
  }

  /** The items in an answer. */
  private static Stream<Item> items(Object answer) {
    Stream<?> all =
        answer instanceof Map<?, ?> read
            ? read.values().stream()
            : answer instanceof Put put ? put.met().stream() : Stream.empty();
    return all.filter(Item.class::isInstance).map(Item.class::cast);
  }

  private static void written(List<AttemptView> old, Item item) {
    List<AttemptView> now = item.attempts();
    for (AttemptView was : old) {
      AttemptView is =
          now.stream()
              .filter(it -> it.id().equals(was.id()))
              .findFirst()
              .orElseThrow(() -> new Violation("No attempt is lost", was.toString()));
      if ((is.isOpen() && !was.isOpen())
          || (Set.of("MIGRATED", "REJECTED").contains(was.status())
              && !is.status().equals(was.status()))) {
        throw new Violation("What is known is not forgotten", was + " became " + is);
      }
    }
    if (now.stream().filter(AttemptView::isOpen).count() > 1) {
      throw new Violation("There is one claim at a time", item.words());
    }
    if (now.size() > old.size()) {
      claimed(item, now.get(now.size() - 1));
      retried(old, now.get(now.size() - 1));
    }
  }

  /** No older upload is run after a newer one was seen. */
  private static void claimed(Item item, AttemptView claim) {
    Optional<UploadView> mine = UploadView.of(claim.json());
    boolean newer =
        Stream.concat(
                Stream.of(item.content().path("newestUpload")),
                item.attempts().stream().map(AttemptView::json))
            .flatMap(it -> UploadView.of(it).stream())
            .anyMatch(it -> mine.filter(it::isNewerThan).isPresent());
    if (newer) {
      throw new Violation("No older upload is run after a newer one", item.words());
    }
  }

  /** A retry lifts what its author knows of, and nothing that came since. */
  private static void retried(List<AttemptView> old, AttemptView claim) {
    JsonNode after = claim.json().at("/key/retry/after");
    if (after.isTextual() && !after.asText().equals(newest(old.stream()))) {
      throw new Violation("A retry lifts what its author knows", claim.json().path("key") + "");
    }
  }

  /** The newest call, as a retry has to name it. */
  private static String newest(Stream<AttemptView> attempts) {
    return attempts
        .filter(AttemptView::mayHaveCalled)
        .map(AttemptView::reference)
        .reduce((one, next) -> next)
        .orElse("none");
  }

  private static void called(Process process, Outside before, Register call) {
    if (!call.attempt().isOpen()) {
      throw new Violation("A call has a claim", call.toString());
    }
    if (before.heardOf(call.attempt().id()).stream()
        .anyMatch(it -> it.status().equals("NOT_SENT"))) {
      throw new Violation("No call comes after NOT_SENT", call.toString());
    }
    if (!before.vault().holds(call.attempt().sentPinVersion(), call.pin())) {
      throw new Violation("The PIN that is sent stands in the secret", call.toString());
    }
    for (Register other : before.whatsApp().calls()) {
      if (other.attempt().isSameAs(call.attempt()) && other.number().equals(call.number())) {
        throw new Violation("One call for an attempt", both(call, other));
      }
      if (other.number().equals(call.number()) && other.isOpen()) {
        throw new Violation("One call at a time", both(call, other));
      }
      if (other.number().equals(call.number())
          && other.pin().equals(call.pin())
          && isRecordedAsRefused(before, other)) {
        throw new Violation("A refused PIN is not sent again", both(call, other));
      }
    }
    process.answers().forEach(it -> told(it, call));
    process
        .answers()
        .flatMap(Invariants::currentVersion)
        .reduce((one, next) -> next)
        .ifPresent(it -> current(it, call));
    process
        .answers()
        .flatMap(GraphCalls::shown)
        .reduce((one, next) -> next)
        .ifPresent(it -> lifted(it, call));
  }

  /** A retry lifts the state that its author has seen, and no other. */
  private static void lifted(String shown, Register call) {
    String seen = call.attempt().json().at("/key/retry/state").asText();
    if (!shown.endsWith(Line.CONNECTED) && !shown.equals(seen)) {
      throw new Violation(
          "A retry lifts what its author has seen", "%s, not %s".formatted(seen, shown));
    }
  }

  /** What a process was told before its call, and must have kept it from it. */
  private static void told(Object answer, Register call) {
    if (brake(answer).filter(it -> !it.engagements().isEmpty()).isPresent()) {
      throw new Violation("Who reads that the brake is engaged does not call", call.process());
    }
  }

  /** Which version was current when the process began, or asked. */
  private static Stream<Bucket.Version> currentVersion(Object answer) {
    return answer instanceof Optional<?> current
            && current.orElse(null) instanceof Bucket.Version version
        ? Stream.of(version)
        : Stream.empty();
  }

  /** What was current before may have been taken back since. */
  private static void current(Bucket.Version last, Register call) {
    if (last.isNamed()
        && !call.attempt().json().at("/backup/versionId").asText().equals(last.id())) {
      throw new Violation("What was taken back is not run", call.process());
    }
  }

  /** The brake, where it was read. */
  private static Optional<Item> brake(Object answer) {
    return answer instanceof Map<?, ?> read && read.get(Item.BRAKE) instanceof Item brake
        ? Optional.of(brake)
        : Optional.empty();
  }

  private static String both(Register call, Register other) {
    return call.process() + " after " + other.process();
  }

  private static boolean isRecordedAsRefused(Outside outside, Register call) {
    return call.verdict() == Verdict.WRONG_PIN
        && attempt(outside, call).filter(it -> it.status().equals("REJECTED")).isPresent();
  }

  private static Optional<AttemptView> attempt(Outside outside, Register call) {
    return outside.table().get(call.number()).stream()
        .flatMap(it -> it.attempts().stream())
        .filter(it -> it.id().equals(call.attempt().id()))
        .findFirst();
  }

  /** When a process has ended. */
  static void ended(Process process, Outside outside, End end) {
    if (end.equals(End.TAKEN)) {
      taken(process, outside);
    }
    end.told().ifPresent(it -> heard(outside, it));
    end.refusedRetry().ifPresent(it -> outdated(outside, end.told().orElseThrow().number(), it));
  }

  /** A message comes again as long as its call is held back by what passes. */
  private static void taken(Process process, Outside outside) {
    Optional<Message> passing =
        Optional.ofNullable(outside.own().get(Source.of(process.name())))
            .filter(it -> it.about().startsWith(process.name() + "-"))
            .filter(
                it ->
                    it.status().equals("NOT_SENT")
                        || Set.of("IN_PROGRESS", "BRAKE").contains(it.detail()));
    if (passing.isPresent()) {
      throw new Violation("A message waits for what passes", passing.get().toString());
    }
  }

  /** Whoever invoked the function was told nothing that the topic was not told. */
  private static void heard(Outside outside, End.Told told) {
    boolean heard =
        outside.heardOf(told.migrationId()).stream()
            .anyMatch(it -> it.status().equals(told.status()));
    if (!heard && !told.reason().equals("IN_PROGRESS")) {
      throw new Violation("The topic hears what came of an event", told.toString());
    }
  }

  /** A retry that was handed out is refused only where something came since. */
  private static void outdated(Outside outside, String number, Retry retry) {
    String newest =
        newest(outside.table().get(number).stream().flatMap(it -> it.attempts().stream()));
    boolean sameState =
        Optional.ofNullable(retry.state())
            .filter(it -> !it.equals(outside.whatsApp().line(number).asQuoted()))
            .isEmpty();
    if (newest.equals(retry.after()) && sameState) {
      throw new Violation("A retry that was handed out is taken", retry.toString());
    }
  }

  /** When everything has come to rest. */
  static void holdInTheEnd(Outside outside) {
    outside.table().items().values().stream()
        .filter(it -> !it.isBrake())
        .forEach(it -> atRest(outside, it));
    outside.whatsApp().calls().forEach(it -> heard(outside, it));
    outside.whatsApp().calls().forEach(it -> counted(outside, it));
    outside
        .engagements()
        .forEach(
            it -> {
              if (outside.heardOf(it).isEmpty()) {
                throw new Violation("BRAKED is heard", it);
              }
            });
  }

  private static void atRest(Outside outside, Item item) {
    if (item.isDue()) {
      throw new Violation("Nothing stays due", item.words());
    }
    for (AttemptView attempt : item.attempts()) {
      if (attempt.isOpen()) {
        throw new Violation("No claim stays open", item.words());
      }
      if (!attempt.isPublished()) {
        throw new Violation("What is recorded is published", item.words());
      }
      String word = lastWord(outside, attempt.id());
      if (!attempt.isSilent() && !word.equals(attempt.status())) {
        throw new Violation(
            "The topic's last word is the ledger's", attempt + ", and the topic says " + word);
      }
    }
  }

  /** Of each call the topic hears in the end what can be known of it. */
  private static void heard(Outside outside, Register call) {
    String word = lastWord(outside, call.attempt().id());
    boolean newest =
        outside.whatsApp().calls().stream()
            .filter(it -> it.number().equals(call.number()))
            .reduce((one, next) -> next)
            .filter(call::equals)
            .isPresent();
    boolean fits =
        switch (word) {
          case "MIGRATED" -> outside.whatsApp().line(call.number()).moved();
          case "REJECTED" -> call.verdict() == Verdict.WRONG_PIN;
          case "UNKNOWN" -> !call.heard() && !(call.verdict() == Verdict.MOVED && newest);
          default -> false;
        };
    if (!fits) {
      throw new Violation(
          "The topic hears what came of a call",
          "%s (%s, answer %s) is %s"
              .formatted(
                  call.attempt().id(), call.verdict(), call.heard() ? "heard" : "lost", word));
    }
  }

  /** Harm that is on record is counted for the brake, and nothing that turned out to be none. */
  private static void counted(Outside outside, Register call) {
    String id = call.attempt().id();
    JsonNode brake = outside.table().get(Item.BRAKE).map(Item::content).orElse(NullNode.instance);
    boolean counts =
        Stream.of("harms", "releasedHarms")
            .flatMap(it -> brake.path(it).findValuesAsText("migrationId").stream())
            .anyMatch(id::equals);
    String status = attempt(outside, call).map(AttemptView::status).orElse("none");
    if ((status.equals("REJECTED") && !counts) || (status.equals("MIGRATED") && counts)) {
      throw new Violation("Harm is counted", "%s is %s".formatted(id, status));
    }
  }

  private static String lastWord(Outside outside, String about) {
    return outside.heardOf(about).stream()
        .map(Message::status)
        .reduce((one, next) -> next)
        .orElse("nothing");
  }
}
