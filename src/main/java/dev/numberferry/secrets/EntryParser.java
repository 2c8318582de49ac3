package dev.numberferry.secrets;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.secrets.StoredSecret.Fields;
import dev.numberferry.secrets.StoredSecret.PlacedFields;
import dev.numberferry.support.StrictJson;
import dev.numberferry.support.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a secret for many numbers as far as one of them is concerned: what is for all, and its own
 * entry. The others are passed over unread, so that none of them can break it for the rest.
 */
final class EntryParser {

  private static final String NUMBERS = "numbers";

  private final String place;
  private final String entryPlace;
  private final PhoneNumberId number;
  private final ObjectNode beside = JsonNodeFactory.instance.objectNode();
  private Optional<JsonNode> entry = Optional.empty();

  /** Which keys, counted from 1, are no ids: none is quoted, as a PIN may stand in its place. */
  private final List<Integer> oddKeys = new ArrayList<>();

  private EntryParser(String secretId, PhoneNumberId number) {
    this.place = "secret " + secretId;
    this.entryPlace = "entry %s of secret %s".formatted(number, secretId);
    this.number = number;
  }

  /** Whether a secret is one for many numbers, also where it is broken further on. */
  static boolean isForMany(StoredSecret secret) {
    try (JsonParser json = StrictJson.tokens(secret.value())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean numbers = NUMBERS.equals(json.currentName());
        if (json.nextToken() != JsonToken.VALUE_NULL && numbers) {
          return true;
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      // Whoever reads it finds out what is wrong.
    }
    return false;
  }

  /**
   * @throws InvalidInputException if the text is no JSON, or what concerns this number cannot be
   *     read as such
   */
  static NumberFields parse(StoredSecret secret, PhoneNumberId number) {
    EntryParser parser = new EntryParser(secret.id(), number);
    try (JsonParser json = StrictJson.tokens(secret.value())) {
      parser.read(json);
    } catch (JacksonException e) {
      throw StrictJson.flaw(e, parser.place);
    } catch (IOException e) {
      throw new UncheckedIOException("a text can be read", e);
    }
    return parser.found();
  }

  private void read(JsonParser json) throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (beside.has(name)) {
        throw StrictJson.twice(Texts.shown(name), place);
      }
      if (name.equals(NUMBERS) && value == JsonToken.START_OBJECT) {
        readEntry(json);
        beside.putObject(NUMBERS);
      } else {
        beside.set(name, StrictJson.value(json));
      }
    }
    if (json.nextToken() != null) {
      throw new InvalidInputException(
          place, "goes on behind its end", "Store one JSON object, and nothing else.");
    }
  }

  private void readEntry(JsonParser numbers) throws IOException {
    for (int key = 1; numbers.nextToken() == JsonToken.FIELD_NAME; key++) {
      String name = numbers.currentName();
      numbers.nextToken();
      if (!name.equals(number.value())) {
        numbers.skipChildren();
        if (PhoneNumberId.of(name).isEmpty()) {
          oddKeys.add(key);
        }
      } else if (entry.isPresent()) {
        throw new InvalidInputException(entryPlace, "stands twice", "Remove one of the two.");
      } else {
        entry = Optional.of(entry(numbers));
      }
    }
  }

  private JsonNode entry(JsonParser numbers) throws IOException {
    try {
      return StrictJson.value(numbers);
    } catch (JsonMappingException e) {
      throw StrictJson.flaw(e, entryPlace);
    }
  }

  private NumberFields found() {
    if (!beside.path(NUMBERS).isObject()) {
      throw new InvalidInputException(
          NUMBERS + " in " + place,
          "is not a JSON object",
          "Give it an entry for each number, under its phoneNumberId.");
    }
    List<Finding> flaws = Stream.concat(ofOneNumber(), missing().stream()).toList();
    beside.retain("accessToken", "appSecret");
    return new NumberFields(
        new PlacedFields(
            entryPlace,
            entry
                .map(it -> StrictJson.bindKnown(it, Fields.class, entryPlace))
                .orElse(Fields.NONE)),
        Optional.of(new PlacedFields(place, StrictJson.bindKnown(beside, Fields.class, place))),
        flaws);
  }

  /** Nobody can tell whose a PIN or a password is that stands beside {@code numbers}. */
  private Stream<Finding> ofOneNumber() {
    return Stream.of("pin", "backupPassword")
        .filter(beside::hasNonNull)
        .map(
            it ->
                Finding.error(
                    it + " in " + place,
                    "stands beside numbers",
                    "Move it into the entry of the number that it belongs to."));
  }

  private Optional<Finding> missing() {
    return entry.isPresent()
        ? Optional.empty()
        : Optional.of(
            Finding.error(
                entryPlace,
                oddKeys.isEmpty()
                    ? "is missing"
                    : "is missing, and key %d of numbers is no phoneNumberId"
                        .formatted(oddKeys.get(0)),
                "Store an entry for the number there, under its phoneNumberId, or name another"
                    + " secret in the event's secretId."));
  }
}
