package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.support.ExpiringCache;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks WhatsApp when a token expires, once an hour at most, whatever the answer was. Source: Meta's
 * page on {@code debug_token}: seconds since 1970, and 0 for a token that does not expire.
 */
@ApplicationScoped
public class TokenExpiry {

  private static final Duration KEPT = Duration.ofHours(1);

  private final GraphQuery graph;
  private final ExpiringCache<Optional<Instant>> known;

  TokenExpiry(GraphQuery graph, Machine machine) {
    this.graph = graph;
    this.known = new ExpiringCache<>(machine, KEPT);
  }

  /** Nothing where the token does not expire, or WhatsApp did not tell. */
  public Optional<Instant> of(AccessToken token) {
    return known
        .get(
            token.fingerprint(),
            () -> Optional.of(graph.inspection(token).flatMap(TokenExpiry::read)))
        .flatMap(it -> it);
  }

  static Optional<Instant> read(GraphNode answer) {
    return Optional.of(answer.json().at("/data/expires_at").asLong())
        .filter(it -> it > 0 && it <= Instant.MAX.getEpochSecond())
        .map(Instant::ofEpochSecond);
  }
}
