package dev.numberferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Upload;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class LedgerItemTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:15:00Z");
  private static final PhoneNumberId NUMBER = new PhoneNumberId("106540352242922");

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final AttemptKey KEY =
      AttemptKeyBuilder.builder()
          .backupGiven("given")
          .backupRead("read")
          .secretId("s")
          .secretVersion("v")
          .build();

  private final LedgerItem mapping = new LedgerItem(JSON);

  @Test
  void whatIsWrittenIsRead() {
    EntryFixture ledger = new EntryFixture();
    ledger.end(KEY, NOW, EntryFixture.ended(Status.UNKNOWN));
    ledger.claim(KEY, NOW, it -> it);

    var item = mapping.write(ledger.entry(), 7, Optional.of(NOW), NOW.plusSeconds(1));

    LedgerEntry read = mapping.read(NUMBER, item);
    assertThat(read.attempts()).extracting(Attempt::migrationId).containsExactly("m0", "m1");
    assertThat(mapping.write(read, 7, Optional.of(NOW), NOW.plusSeconds(1))).isEqualTo(item);
    assertThat(ItemAttributes.revision(item)).isEqualTo(7);
    assertThat(item.get("dueAt").n()).isEqualTo("" + NOW.getEpochSecond());
    assertThat(item.get("expiresAt").n()).isEqualTo("" + NOW.plusSeconds(1).getEpochSecond());
    assertThat(mapping.size(ledger.entry())).isEqualTo(item.get("entry").s().length());
    assertThat(mapping.write(ledger.entry(), 7, Optional.empty(), NOW))
        .doesNotContainKeys("due", "dueAt");
  }

  @Test
  void aNewerFormatIsLeftAlone() {
    assertThatThrownBy(() -> mapping.read(NUMBER, item("{\"attempts\": []}", "3")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer version");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | no JSON",
        "2 | null",
        "2 | {}",
        "2 | {\"attempts\": [null]}",
        "'' | {\"attempts\": []}",
        "1e999 | {\"attempts\": []}",
        "99999999999 | {\"attempts\": []}"
      })
  void whatNoVersionWroteCannotBeReadAndIsNotQuoted(String format, String entry) {
    assertUnreadable(item(entry, format));
  }

  /** Where one is missing, what decides by it later would fail, or forget. */
  @ParameterizedTest
  @CsvSource({
    "/attempts/0, migrationId",
    "/attempts/0, key",
    "/attempts/0, trigger",
    "/attempts/0, claimedAt",
    "/attempts/0/key, backupGiven",
    "/attempts/0/key, backupRead",
    "/attempts/0/key, secretId",
    "/attempts/0/key, secretVersion",
    "/attempts/0/result, status",
    "/oldRefusedPins/0, secretId",
    "/oldRefusedPins/0, secretVersion",
    "/oldRefusedPins/0, at",
    "/newestUpload, object",
    "/last, status",
    "/last, migrationId",
    "/last, startedAt",
    "/last, finishedAt",
    "/heard, messageId",
    "/heard, status"
  })
  void whatLacksAPartThatEveryVersionWritesCannotBeRead(String at, String part) throws IOException {
    JsonNode entry = JSON.readTree(full().get("entry").s());
    assertThat(((ObjectNode) entry.at(at)).remove(part)).isNotNull();

    assertUnreadable(item(entry.toString(), "2"));
  }

  @Test
  void anOldPinThatIsNoneCannotBeRead() {
    assertUnreadable(item("{\"attempts\": [], \"oldRefusedPins\": [null]}", "2"));
  }

  /** Whoever only reads would go on, and nothing could be written over it. */
  @ParameterizedTest
  @NullSource
  @MethodSource("dev.numberferry.ledger.BrakeItemTest#noRevisions")
  void anEntryWithoutARevisionCannotBeRead(@Nullable AttributeValue revision) {
    Map<String, AttributeValue> item = item("{\"attempts\": []}", "2");
    item.remove("revision");
    Optional.ofNullable(revision).ifPresent(it -> item.put("revision", it));

    assertUnreadable(item);
  }

  /** An entry that has everything. */
  private Map<String, AttributeValue> full() {
    EntryFixture ledger = new EntryFixture();
    Attempt ended = ledger.end(KEY, NOW, EntryFixture.ended(Status.UNKNOWN));
    LedgerEntry entry =
        ledger
            .entry()
            .with(new Upload(EntryFixture.object("k", "v"), NOW, "01"))
            .withOldRefusedPins(List.of(new RefusedPin("s", "v", 133005, NOW)))
            .withLast(Optional.of(ended.ending()))
            .withHeard(Optional.of(Heard.of("m", Optional.empty(), ended.ending())));
    var item = mapping.write(entry, 7, Optional.empty(), NOW);
    assertThat(mapping.write(mapping.read(NUMBER, item), 7, Optional.empty(), NOW)).isEqualTo(item);
    return item;
  }

  private void assertUnreadable(Map<String, AttributeValue> item) {
    assertThatThrownBy(() -> mapping.read(NUMBER, item))
        .isInstanceOf(StoreException.class)
        .hasMessage("the ledger's entry of number 106540352242922 cannot be read")
        .hasNoCause();
  }

  private static Map<String, AttributeValue> item(String entry, String format) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("format", AttributeValue.fromN(format));
    item.put("revision", AttributeValue.fromN("6"));
    item.put("entry", AttributeValue.fromS(entry));
    return item;
  }
}
