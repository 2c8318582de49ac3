package dev.numberferry.simulation;

import java.util.Optional;
import java.util.function.Supplier;

/** What is made when somebody asks for it, and once: much of what a process makes nobody does. */
final class Lazy<T> implements Supplier<T> {

  private final Supplier<T> maker;
  private Optional<T> made = Optional.empty();

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    if (made.isEmpty()) {
      made = Optional.of(maker.get());
    }
    return made.get();
  }
}
