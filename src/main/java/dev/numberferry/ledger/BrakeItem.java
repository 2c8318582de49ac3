package dev.numberferry.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.BrakeState.CountedHarm;
import dev.numberferry.domain.BrakeState.Engagement;
import dev.numberferry.domain.BrakeState.Release;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.PlainJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The brake as an item of the table, beside those of the numbers. It never expires, and no sweep
 * finds it in the index {@code due}.
 *
 * <p>Two engagements at once are more than versions of the first format can read. With one they can
 * go on, so that a deploy or a rollback does not hold up everything.
 */
@ApplicationScoped
class BrakeItem {

  /** No number has this key. */
  static final String KEY = "#brake";

  private static final String BRAKE = "brake";

  /** With one engagement or none. */
  private static final int FIRST_FORMAT = 1;

  /** With more than one. */
  private static final int OWN_FORMAT = 2;

  /**
   * What is kept as JSON.
   *
   * @param engaged what engages it, or did so first; null while it is released
   * @param alsoEngaged what does so beside that; left out where nothing does
   * @param released its last release, or null
   * @param unheard what was released before the topic took its message; left out where nothing was
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @RegisterForReflection(
      targets = {Content.class, Engagement.class, Release.class, CountedHarm.class, Harm.class})
  record Content(
      @Nullable Engagement engaged,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable List<Engagement> alsoEngaged,
      @Nullable Release released,
      List<CountedHarm> harms,
      List<CountedHarm> releasedHarms,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable List<Engagement> unheard) {

    static Content of(BrakeState state) {
      return new Content(
          state.engagements().stream().findFirst().orElse(null),
          state.engagements().stream().skip(1).toList(),
          state.released().orElse(null),
          state.harms(),
          state.releasedHarms(),
          state.unheard());
    }

    BrakeState state() {
      return new BrakeState(
          Stream.concat(Stream.ofNullable(engaged), present(alsoEngaged).stream()).toList(),
          Optional.ofNullable(released),
          List.copyOf(harms),
          List.copyOf(releasedHarms),
          present(unheard));
    }

    private static List<Engagement> present(@Nullable List<Engagement> some) {
      return some == null ? List.of() : List.copyOf(some);
    }
  }

  private final ObjectMapper json;

  BrakeItem(ObjectMapper json) {
    this.json = json;
  }

  Map<String, AttributeValue> write(BrakeState state, long revision) {
    return Map.of(
        ItemAttributes.NUMBER,
        ItemAttributes.text(KEY),
        ItemAttributes.FORMAT,
        ItemAttributes.number(state.engagements().size() > 1 ? OWN_FORMAT : FIRST_FORMAT),
        ItemAttributes.REVISION,
        ItemAttributes.number(revision),
        BRAKE,
        ItemAttributes.text(PlainJson.write(json, Content.of(state))));
  }

  /**
   * @param item nothing where the brake was never written
   * @throws StoreException if a newer version of this program wrote it, or it cannot be read
   */
  BrakeState read(Optional<Map<String, AttributeValue>> item) {
    return item.map(this::read).orElse(BrakeState.NEW);
  }

  private BrakeState read(Map<String, AttributeValue> item) {
    ItemAttributes.check(item, OWN_FORMAT, "the brake's state");
    try {
      return json.readValue(ItemAttributes.of(item, BRAKE).s(), Content.class).state();
    } catch (JsonProcessingException | RuntimeException e) {
      throw StoreException.unreadable("the brake's state");
    }
  }
}
