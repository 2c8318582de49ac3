package dev.numberferry.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A bucket with versions at one moment: those of each key, the current one last. */
record Bucket(Map<String, List<Version>> objects) {

  /** A version, or the mark of a deletion. */
  record Version(String id, boolean isDeletion) {}

  static final Bucket EMPTY = new Bucket(Map.of());

  /** What is current under a key: nothing where nothing ever was. */
  Optional<Version> current(String key) {
    return versions(key).stream().reduce((one, next) -> next);
  }

  /**
   * @param version nothing for the current one
   */
  Optional<Version> get(String key, Optional<String> version) {
    return version.isEmpty()
        ? current(key)
        : versions(key).stream().filter(it -> it.id().equals(version.get())).findFirst();
  }

  Bucket with(String key, Version version) {
    Map<String, List<Version>> next = new HashMap<>(objects);
    next.put(key, Stream.concat(versions(key).stream(), Stream.of(version)).toList());
    return new Bucket(Map.copyOf(next));
  }

  private List<Version> versions(String key) {
    return objects.getOrDefault(key, List.of());
  }
}
