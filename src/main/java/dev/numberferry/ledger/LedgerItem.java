package dev.numberferry.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Trigger;
import dev.numberferry.domain.Upload;
import dev.numberferry.support.PlainJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An entry as an item of the table. The number, what the index needs and what a write is
 * conditional on are attributes; the entry itself is one JSON text.
 *
 * <p>{@code due} and {@code dueAt} are only in items that a sweep has to look at, so that the index
 * {@code due} holds those and no others.
 */
@ApplicationScoped
class LedgerItem {

  private static final String ENTRY = "entry";
  private static final String EXPIRES_AT = "expiresAt";

  /** The format of the items that are written here; older ones are read. */
  static final int OWN_FORMAT = 2;

  /** The part of an entry that is kept as JSON; the results in it are registered by the topic. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @RegisterForReflection(
      targets = {
        Content.class,
        Attempt.class,
        AttemptKey.class,
        Attempt.Silence.class,
        Heard.class,
        RefusedPin.class,
        Upload.class,
        Trigger.class
      })
  record Content(
      List<Attempt> attempts,
      List<RefusedPin> oldRefusedPins,
      @Nullable Upload newestUpload,
      @Nullable MigrationResult last,
      @Nullable Heard heard) {}

  private final ObjectMapper json;

  LedgerItem(ObjectMapper json) {
    this.json = json;
  }

  /**
   * @param revision the item's
   * @param due when a sweep has to look at the number
   */
  Map<String, AttributeValue> write(
      LedgerEntry entry, long revision, Optional<Instant> due, Instant expiresAt) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(ItemAttributes.NUMBER, ItemAttributes.text(entry.number().value()));
    item.put(ItemAttributes.FORMAT, ItemAttributes.number(OWN_FORMAT));
    item.put(ItemAttributes.REVISION, ItemAttributes.number(revision));
    item.put(ENTRY, ItemAttributes.text(json(entry)));
    item.put(EXPIRES_AT, ItemAttributes.number(expiresAt.getEpochSecond()));
    due.ifPresent(
        at -> {
          item.put(ItemAttributes.DUE, ItemAttributes.text(ItemAttributes.DUE));
          item.put(ItemAttributes.DUE_AT, ItemAttributes.number(at.getEpochSecond()));
        });
    return item;
  }

  /**
   * @throws StoreException if a newer version of this program wrote it, or it cannot be read
   */
  LedgerEntry read(PhoneNumberId number, Map<String, AttributeValue> item) {
    ItemAttributes.check(item, OWN_FORMAT, "the ledger's entry of number " + number);
    try {
      Content content = json.readValue(ItemAttributes.of(item, ENTRY).s(), Content.class);
      needed(content).forEach(Objects::requireNonNull);
      return new LedgerEntry(
          number,
          List.copyOf(content.attempts()),
          Optional.ofNullable(content.oldRefusedPins()).map(List::copyOf).orElse(List.of()),
          Optional.ofNullable(content.newestUpload()),
          Optional.ofNullable(content.last()),
          Optional.ofNullable(content.heard()));
    } catch (JsonProcessingException | RuntimeException e) {
      throw StoreException.unreadable("the ledger's entry of number " + number);
    }
  }

  /** What every version has written, and decides later: what JSON leaves out is null here. */
  private static Stream<Object> needed(Content content) {
    Stream<Attempt> attempts = content.attempts().stream();
    Stream<RefusedPin> pins = Stream.ofNullable(content.oldRefusedPins()).flatMap(List::stream);
    Stream<MigrationResult> results =
        Stream.concat(
            Stream.ofNullable(content.last()),
            content.attempts().stream().flatMap(it -> Stream.ofNullable(it.result())));
    return Stream.of(
            attempts.flatMap(LedgerItem::needed),
            pins.flatMap(it -> Stream.of(it.secretId(), it.secretVersion(), it.at())),
            Stream.ofNullable(content.newestUpload()).map(Upload::object),
            results.flatMap(
                it -> Stream.of(it.status(), it.migrationId(), it.startedAt(), it.finishedAt())),
            Stream.ofNullable(content.heard())
                .flatMap(it -> Stream.of(it.messageId(), it.status())))
        .flatMap(it -> it);
  }

  private static Stream<Object> needed(Attempt attempt) {
    AttemptKey key = attempt.key();
    return Stream.of(
        attempt.migrationId(),
        attempt.trigger(),
        attempt.claimedAt(),
        key.backupGiven(),
        key.backupRead(),
        key.secretId(),
        key.secretVersion());
  }

  /** The size of an entry in bytes, of which an item's other attributes add less than 1,000. */
  int size(LedgerEntry entry) {
    return json(entry).getBytes(StandardCharsets.UTF_8).length;
  }

  private String json(LedgerEntry entry) {
    return PlainJson.write(
        json,
        new Content(
            entry.attempts(),
            entry.oldRefusedPins(),
            entry.newestUpload().orElse(null),
            entry.last().orElse(null),
            entry.heard().orElse(null)));
  }
}
