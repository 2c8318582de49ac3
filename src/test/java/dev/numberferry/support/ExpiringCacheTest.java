package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ExpiringCacheTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final List<String> asked = new ArrayList<>();

  @Test
  void anAnswerIsKeptForSomeMinutes() {
    Moving machine = new Moving();
    ExpiringCache<String> cache = new ExpiringCache<>(machine);

    assertThat(cache.get("a", asks("first"))).contains("first");
    machine.now = NOW.plus(Duration.ofMinutes(5)).minusMillis(1);
    assertThat(cache.get("a", asks("second"))).contains("first");
    assertThat(cache.get("b", asks("other"))).contains("other");
    machine.now = NOW.plus(Duration.ofMinutes(5));
    assertThat(cache.get("a", asks("third"))).contains("third");
    assertThat(asked).containsExactly("first", "other", "third");
  }

  @Test
  void noAnswerIsNotKept() {
    ExpiringCache<String> cache = new ExpiringCache<>(new Moving());

    assertThat(cache.get("a", Optional::empty)).isEmpty();
    assertThat(cache.get("a", asks("now"))).contains("now");
    cache.forget("a");
    assertThat(cache.get("a", asks("anew"))).contains("anew");
  }

  /** A refused token that was still being read would be used for five minutes more. */
  @Test
  void whatIsForgottenWhileSomebodyAsksForItIsNotKept() {
    ExpiringCache<String> cache = new ExpiringCache<>(new Moving());

    assertThat(
            cache.get(
                "a",
                () -> {
                  cache.forget("a");
                  return Optional.of("refused");
                }))
        .contains("refused");

    assertThat(cache.get("a", asks("anew"))).contains("anew");
  }

  private Supplier<Optional<String>> asks(String answer) {
    return () -> {
      asked.add(answer);
      return Optional.of(answer);
    };
  }

  private static final class Moving extends Machine {

    private Instant now = NOW;

    @Override
    public Instant now() {
      return now;
    }
  }
}
