package dev.numberferry.simulation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What does not hold: of each rule the shortest history that breaks it. */
final class Findings {

  /** A history has a step a line, each with its number among those that could be taken. */
  record Finding(String rule, String how, List<String> history) {

    /** The numbers of its steps, by which it happens again. */
    List<Integer> numbers() {
      return history.stream().map(it -> Integer.valueOf(it.split("\t", -1)[0])).toList();
    }

    private String words() {
      String numbers = numbers().stream().map(String::valueOf).collect(Collectors.joining("."));
      return how + "\n    " + String.join("\n    ", history) + "\n  history " + numbers;
    }
  }

  private final Map<String, Finding> byRule = new TreeMap<>();

  void add(AssertionError broken, Collection<String> history) {
    String rule = broken instanceof Violation it ? it.rule() : "The models know all that is asked";
    Finding known = byRule.get(rule);
    if (known == null || known.history().size() > history.size()) {
      byRule.put(rule, new Finding(rule, broken.getMessage(), List.copyOf(history)));
    }
  }

  Collection<Finding> all() {
    return byRule.values();
  }

  @Override
  public String toString() {
    return byRule.values().stream().map(Finding::words).collect(Collectors.joining("\n"));
  }
}
