package dev.numberferry.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Secrets Manager at one moment: each secret's versions, the current one last. */
record Vault(Map<String, List<Version>> secrets) {

  record Version(String id, String text) {}

  static final Vault EMPTY = new Vault(Map.of());

  /**
   * @param version nothing for the current one
   */
  Optional<Version> get(String secret, Optional<String> version) {
    List<Version> versions = secrets.getOrDefault(secret, List.of());
    return version.isEmpty()
        ? versions.stream().reduce((one, next) -> next)
        : versions.stream().filter(it -> it.id().equals(version.get())).findFirst();
  }

  /** Whether a version of a secret has this PIN in it. */
  boolean holds(String version, String pin) {
    return secrets.values().stream()
        .flatMap(List::stream)
        .anyMatch(it -> it.id().equals(version) && it.text().contains("\"" + pin + "\""));
  }

  /** Whether a write with this id can be done: with another text than before it cannot. */
  boolean takes(String secret, Version version) {
    return get(secret, Optional.of(version.id())).filter(it -> !it.equals(version)).isEmpty();
  }

  /** With a version that is current from now on; the same one again changes nothing. */
  Vault with(String secret, Version version) {
    if (get(secret, Optional.of(version.id())).isPresent()) {
      return this;
    }
    Map<String, List<Version>> next = new HashMap<>(secrets);
    next.merge(
        secret,
        List.of(version),
        (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
    return new Vault(Map.copyOf(next));
  }
}
