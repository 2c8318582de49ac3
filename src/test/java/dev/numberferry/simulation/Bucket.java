package dev.numberferry.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bucket at one moment.
 *
 * @param objects the versions of each key, the current one last; without versions that one alone
 */
record Bucket(Map<String, List<Version>> objects, boolean versioned) {

  /**
   * A version, or the mark of a deletion.
   *
   * @param isNamed whether S3 tells its id: a bucket without versions has none
   */
  record Version(String id, boolean isDeletion, boolean isNamed) {

    /** Its id as S3 tells it. */
    Optional<String> name() {
      return Optional.of(id).filter(it -> isNamed);
    }
  }

  static final Bucket EMPTY = new Bucket(Map.of(), true);

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

  /** With another version, which is current from now on. */
  Bucket with(String key, String id) {
    Stream<Version> before = versions(key).stream().filter(it -> versioned && !it.id().equals(id));
    return with(key, Stream.concat(before, Stream.of(new Version(id, false, versioned))).toList());
  }

  /** With the mark of a deletion. */
  Bucket withDeletion(String key) {
    Version mark = new Version("mark", true, true);
    return with(key, Stream.concat(versions(key).stream(), Stream.of(mark)).toList());
  }

  /** Without a version, as if it had never been there. */
  Bucket without(String key, String version) {
    return with(key, versions(key).stream().filter(it -> !it.id().equals(version)).toList());
  }

  private Bucket with(String key, List<Version> versions) {
    Map<String, List<Version>> next = new HashMap<>(objects);
    next.put(key, versions);
    return new Bucket(Map.copyOf(next), versioned);
  }

  private List<Version> versions(String key) {
    return objects.getOrDefault(key, List.of());
  }
}
