package dev.numberferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class LedgerItemTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:15:00Z");
  private static final PhoneNumberId NUMBER = new PhoneNumberId("106540352242922");

  private final LedgerItem mapping =
      new LedgerItem(
          new ObjectMapper()
              .registerModule(new JavaTimeModule())
              .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS));

  @Test
  void whatIsWrittenIsRead() {
    EntryFixture ledger = new EntryFixture();
    AttemptKey key = AttemptKeyBuilder.builder().secretId("s").secretVersion("v").build();
    ledger.end(key, NOW, EntryFixture.ended(Status.UNKNOWN));
    ledger.claim(key, NOW, it -> it);

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
    assertThatThrownBy(() -> mapping.read(NUMBER, item(entry, format)))
        .isInstanceOf(StoreException.class)
        .hasMessage("the ledger's entry of number 106540352242922 cannot be read")
        .hasNoCause();
  }

  private static Map<String, AttributeValue> item(String entry, String format) {
    return Map.of("format", AttributeValue.fromN(format), "entry", AttributeValue.fromS(entry));
  }
}
