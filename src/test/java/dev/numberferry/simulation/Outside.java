package dev.numberferry.simulation;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that is outside of the processes, at one moment. It never changes: each call makes another
 * one of it.
 *
 * @param now the one time of all clocks
 * @param topic what was heard of each migration and each engagement, in order, without repeats
 * @param own what the runs of each source told the topic last of themselves
 * @param engagements of the brake, every one there ever was
 * @param late writes that are still on their way
 */
@RecordBuilder
record Outside(
    Instant now,
    Table table,
    Vault vault,
    Bucket bucket,
    WhatsApp whatsApp,
    Map<String, List<Message>> topic,
    Map<String, Message> own,
    Set<String> engagements,
    List<Late> late)
    implements OutsideBuilder.With {

  static final Instant BEGIN = Instant.parse("2026-11-29T12:00:00Z");

  static final Outside EMPTY =
      new Outside(
          BEGIN,
          Table.EMPTY,
          Vault.EMPTY,
          Bucket.EMPTY,
          WhatsApp.EMPTY,
          Map.of(),
          Map.of(),
          Set.of(),
          List.of());

  /**
   * With a message of the topic.
   *
   * @param process that published it
   */
  Outside with(Message message, String process) {
    Outside next = with(message);
    if (!message.about().startsWith(process + "-")) {
      return next;
    }
    Map<String, Message> said = new HashMap<>(own);
    said.put(Source.of(process), message);
    return next.withOwn(Map.copyOf(said));
  }

  private Outside with(Message message) {
    List<Message> before = heardOf(message.about());
    if (!before.isEmpty() && before.get(before.size() - 1).equals(message)) {
      return this;
    }
    Map<String, List<Message>> next = new HashMap<>(topic);
    next.put(message.about(), Stream.concat(before.stream(), Stream.of(message)).toList());
    return withTopic(Map.copyOf(next));
  }

  /** What the topic heard of a migration, or of an engagement of the brake. */
  List<Message> heardOf(String about) {
    return topic.getOrDefault(about, List.of());
  }

  Outside with(Late write) {
    return withLate(Stream.concat(late.stream(), Stream.of(write)).toList());
  }

  /** With a write that has arrived. */
  Outside arrived(Late write) {
    return write.effect().on(withLate(late.stream().filter(it -> it != write).toList())).outside();
  }

  Outside with(Item item) {
    Outside next = withTable(table.with(item));
    List<String> engaged =
        item.engagements().stream().map(it -> it.path("brakeId").asText()).toList();
    if (engagements.containsAll(engaged)) {
      return next;
    }
    Set<String> all = new TreeSet<>(engagements);
    all.addAll(engaged);
    return next.withEngagements(all);
  }

  /** When a process is gone: nobody waits for the answer to its call any more. */
  Outside abandonedBy(String process) {
    return withWhatsApp(whatsApp.change(process, it -> it.withAttended(false).withHeard(false)));
  }

  /** So much later, when all that was on its way has arrived. */
  Outside later(Duration time) {
    return late.stream()
        .reduce(withWhatsApp(whatsApp.settled()), Outside::arrived, (one, other) -> other)
        .withNow(now.plus(time));
  }
}
