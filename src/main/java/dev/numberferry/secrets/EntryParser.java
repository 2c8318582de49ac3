package dev.numberferry.secrets;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.Findings;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.secrets.StoredSecret.Fields;
import dev.numberferry.secrets.StoredSecret.PlacedFields;
import dev.numberferry.support.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads a secret as far as one number is concerned: all of the number's own, and of one for many
 * numbers what is for all, and its own entry. The others are passed over unread, so that none of
 * them can break it for the rest.
 */
final class EntryParser {

  private static final String NUMBERS = StoredSecret.NUMBERS;

  private final StoredSecret secret;
  private final String entryPlace;
  private final PhoneNumberId number;
  private final ObjectNode beside = JsonNodeFactory.instance.objectNode();
  private boolean hasEntry;
  private Fields entry = Fields.NONE;
  private final Findings entryFlaws = new Findings();

  /** Which key, counted from 1, is the first that is no id: a PIN may stand in its place. */
  private OptionalInt oddKey = OptionalInt.empty();

  private EntryParser(StoredSecret secret, PhoneNumberId number) {
    this.secret = secret;
    this.entryPlace = "entry %s of %s".formatted(number, secret.place());
    this.number = number;
  }

  /**
   * @throws InvalidInputException if the text is no JSON
   */
  static EntryParser read(StoredSecret secret, PhoneNumberId number) {
    EntryParser parser = new EntryParser(secret, number);
    try (JsonParser json = StrictJson.tokens(secret.value())) {
      parser.read(json);
    } catch (JacksonException e) {
      throw StrictJson.flaw(e, secret.place(), StoredSecret.NAMES);
    } catch (IOException e) {
      throw new UncheckedIOException("a text can be read", e);
    }
    return parser;
  }

  /**
   * @throws InvalidInputException if the text is no JSON, or cannot be read as a secret
   */
  static NumberFields parse(StoredSecret secret, PhoneNumberId number) {
    return read(secret, number).fields();
  }

  /**
   * Whether the secret is one for many numbers. What else stands under {@code numbers} in one that
   * has a number's own fields is passed over there.
   */
  boolean isForMany() {
    return beside.path(NUMBERS).isObject() || (beside.hasNonNull(NUMBERS) && !hasFieldsOfOne());
  }

  /**
   * @throws InvalidInputException if it cannot be read as a secret
   */
  NumberFields fields() {
    if (!isForMany()) {
      return new NumberFields(secret.whole(), Optional.empty(), List.of());
    }
    ObjectNode forAll = beside.deepCopy().retain("accessToken", "appSecret");
    return new NumberFields(
        new PlacedFields(entryPlace, entry),
        Optional.of(
            new PlacedFields(
                secret.place(), StrictJson.bindKnown(forAll, Fields.class, secret.place()))),
        Stream.concat(besideNumbers(), ofEntry()).toList());
  }

  private void read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (beside.has(name)) {
        throw StrictJson.twice(name, secret.place(), StoredSecret.NAMES);
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
          secret.place(), "goes on behind its end", "Store one JSON object, and nothing else.");
    }
  }

  private void readEntry(JsonParser numbers) throws IOException {
    for (int key = 1; numbers.nextToken() == JsonToken.FIELD_NAME; key++) {
      String name = numbers.currentName();
      JsonStreamContext around = numbers.getParsingContext();
      numbers.nextToken();
      if (name.equals(number.value()) && !hasEntry) {
        hasEntry = true;
        entry = entry(numbers, around);
        continue;
      }
      numbers.skipChildren();
      if (name.equals(number.value())) {
        entry = Fields.NONE;
        entryFlaws.add(Finding.error(entryPlace, "stands twice", "Remove one of the two."));
      } else if (oddKey.isEmpty() && PhoneNumberId.of(name).isEmpty()) {
        oddKey = OptionalInt.of(key);
      }
    }
  }

  /** What is wrong with it keeps PIN and password back, and no token for all from a look. */
  private Fields entry(JsonParser json, JsonStreamContext around) throws IOException {
    try {
      var value = StrictJson.value(json);
      return entryFlaws
          .read(() -> StrictJson.bindKnown(value, Fields.class, entryPlace))
          .orElse(Fields.NONE);
    } catch (JsonMappingException e) {
      while (json.getParsingContext() != around) {
        json.nextToken();
      }
      StrictJson.flaw(e, entryPlace, StoredSecret.NAMES).findings().forEach(entryFlaws::add);
      return Fields.NONE;
    }
  }

  /** Nobody can tell whose a PIN or a password is that stands beside {@code numbers}. */
  private Stream<Finding> besideNumbers() {
    return fieldsOfOne()
        .map(
            it ->
                Finding.error(
                    it + " in " + secret.place(),
                    "stands beside numbers",
                    "Move it into the entry of the number that it belongs to."));
  }

  private Stream<Finding> ofEntry() {
    if (!beside.path(NUMBERS).isObject()) {
      return Stream.of(
          Finding.error(
              NUMBERS + " in " + secret.place(),
              "is not a JSON object",
              "Give it an entry for each number, under its phoneNumberId."));
    }
    return hasEntry ? entryFlaws.all().stream() : Stream.of(missing());
  }

  private boolean hasFieldsOfOne() {
    return fieldsOfOne().findAny().isPresent();
  }

  private Stream<String> fieldsOfOne() {
    return Stream.of("pin", "backupPassword").filter(beside::hasNonNull);
  }

  private Finding missing() {
    return Finding.error(
        entryPlace,
        oddKey.isEmpty()
            ? "is missing"
            : "is missing, and key %d of numbers is no phoneNumberId".formatted(oddKey.getAsInt()),
        "Store an entry for the number there, under its phoneNumberId, or name another secret in"
            + " the event's secretId.");
  }
}
