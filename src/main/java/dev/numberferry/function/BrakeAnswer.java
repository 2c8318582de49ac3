package dev.numberferry.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.BrakeState.CountedHarm;
import dev.numberferry.domain.BrakeState.Engagement;
import dev.numberferry.domain.BrakeState.Release;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The brake as people are told of it.
 *
 * @param state {@code ENGAGED} or {@code RELEASED}
 * @param engaged what engaged it, or did so first; null while it is released
 * @param alsoEngaged what did so beside that; mostly nothing
 * @param released its last release, or null
 * @param harms that count now, oldest first
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BrakeAnswer(
    String state,
    @Nullable Engagement engaged,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Engagement> alsoEngaged,
    @Nullable Release released,
    List<CountedHarm> harms) {

  static BrakeAnswer of(BrakeState brake) {
    return new BrakeAnswer(
        brake.isEngaged() ? "ENGAGED" : "RELEASED",
        brake.engagements().stream().findFirst().orElse(null),
        brake.engagements().stream().skip(1).toList(),
        brake.released().orElse(null),
        brake.harms());
  }
}
