package dev.numberferry.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.Pin;
import dev.numberferry.domain.Secret;
import dev.numberferry.support.StrictJson;
import dev.numberferry.support.Texts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A secret's text, with the version that it was read from. */
record StoredSecret(String id, String versionId, String value) implements Secret {

  /** What a secret may have beside what it has for its number. */
  static final String NUMBERS = "numbers";

  /** No other name is quoted: a PIN may stand in its place. */
  static final Set<String> NAMES =
      Set.of("accessToken", "appSecret", "backupPassword", "pin", NUMBERS);

  /** The secret's fields, null where they are absent; a record of texts, which is never printed. */
  @RegisterForReflection
  record Fields(
      @Nullable String accessToken,
      @Nullable String appSecret,
      @Nullable String backupPassword,
      @Nullable String pin)
      implements Secret {

    static final Fields NONE = new Fields(null, null, null, null);

    /**
     * Whether the same is sent of both. White space around a token is not, and an app secret goes
     * with a token only.
     *
     * @param token whether there is a token with which an app secret goes
     */
    boolean isSentAs(Fields other, boolean token) {
      return Objects.equals(pin, other.pin)
          && Objects.equals(backupPassword, other.backupPassword)
          && trimmed(accessToken).equals(trimmed(other.accessToken))
          && (!token || trimmed(appSecret).equals(trimmed(other.appSecret)));
    }

    private static Optional<String> trimmed(@Nullable String text) {
      return Optional.ofNullable(text).map(Texts::trimmed);
    }

    @Override
    public String value() {
      return MASK;
    }

    @Override
    public String toString() {
      return MASK;
    }
  }

  /**
   * Fields with where they stand, as findings name it.
   *
   * @param place as in {@code secret whatsapp/106540352242922}
   */
  record PlacedFields(String place, Fields fields) {

    /** A field as findings name it. */
    String named(String field) {
      return field + " in " + place;
    }
  }

  /**
   * @throws InvalidInputException if the text is no JSON object, or a field is of a wrong type
   */
  Fields fields() {
    return StrictJson.bindKnown(
        json().orElseThrow(() -> StrictJson.flaw(value, place(), NAMES)), Fields.class, place());
  }

  /** The same with the secret's name, which findings about them bear. */
  PlacedFields whole() {
    return new PlacedFields(place(), fields());
  }

  /** Where its fields stand, as findings name it. */
  String place() {
    return "secret " + id;
  }

  /** The text with another PIN; every other field stays as it is. */
  String withPin(Pin pin) {
    ObjectNode json = (ObjectNode) json().orElseThrow();
    return json.put("pin", pin.value()).toString();
  }

  private Optional<JsonNode> json() {
    return StrictJson.parse(value);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
