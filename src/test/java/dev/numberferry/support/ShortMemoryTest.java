package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ShortMemoryTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final List<String> asked = new ArrayList<>();

  @Test
  void anAnswerIsKeptForSomeMinutes() {
    Moving clock = new Moving();
    ShortMemory<String> memory = new ShortMemory<>(clock);

    assertThat(memory.get("a", asks("first"))).contains("first");
    clock.now = NOW.plus(Duration.ofMinutes(5)).minusMillis(1);
    assertThat(memory.get("a", asks("second"))).contains("first");
    assertThat(memory.get("b", asks("other"))).contains("other");
    clock.now = NOW.plus(Duration.ofMinutes(5));
    assertThat(memory.get("a", asks("third"))).contains("third");
    assertThat(asked).containsExactly("first", "other", "third");
  }

  @Test
  void noAnswerIsNotKept() {
    ShortMemory<String> memory = new ShortMemory<>(new Moving());

    assertThat(memory.get("a", Optional::empty)).isEmpty();
    assertThat(memory.get("a", asks("now"))).contains("now");
    memory.forget("a");
    assertThat(memory.get("a", asks("anew"))).contains("anew");
  }

  private Supplier<Optional<String>> asks(String answer) {
    return () -> {
      asked.add(answer);
      return Optional.of(answer);
    };
  }

  private static final class Moving extends Clock {

    private Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
