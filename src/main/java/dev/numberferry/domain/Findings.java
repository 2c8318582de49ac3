package dev.numberferry.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong with every part of an input, and not only with the first. */
public final class Findings {

  private final List<Finding> all = new ArrayList<>();

  /** The part, or nothing where it cannot be used: what is wrong with it is then kept. */
  public <T> Optional<T> read(Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (InvalidInputException e) {
      all.addAll(e.findings());
      return Optional.empty();
    }
  }

  public void add(Finding finding) {
    if (!all.contains(finding)) {
      all.add(finding);
    }
  }

  /** All that is wrong, the first thing first. */
  public List<Finding> all() {
    return List.copyOf(all);
  }

  /**
   * @throws InvalidInputException with all findings, if there are any
   */
  public void throwIfAny() {
    if (!all.isEmpty()) {
      throw new InvalidInputException(all());
    }
  }
}
