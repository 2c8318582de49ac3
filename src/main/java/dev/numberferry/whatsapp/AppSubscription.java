package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.support.ExpiringCache;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks WhatsApp which app a token is for, and which apps get the webhooks of a WhatsApp Business
 * Account. Both are kept for some minutes: all that is asked of an account shares 200 calls an
 * hour. Source: Meta's pages on rate limits and on subscribed apps.
 */
@ApplicationScoped
public class AppSubscription {

  private final GraphQuery graph;
  private final ExpiringCache<String> apps;
  private final ExpiringCache<Set<String>> subscriptions;

  AppSubscription(GraphQuery graph, Machine machine) {
    this.graph = graph;
    this.apps = new ExpiringCache<>(machine);
    this.subscriptions = new ExpiringCache<>(machine);
  }

  /** Id of the app that a token is for; nothing where WhatsApp did not tell. */
  public Optional<String> app(AccessToken token) {
    return apps.get(
        token.fingerprint(), () -> graph.node("app", "id", token).flatMap(it -> it.text("/id")));
  }

  /** Ids of the apps that are subscribed to an account; nothing where WhatsApp did not tell. */
  public Optional<Set<String>> subscribed(String wabaId, AccessToken token) {
    return subscriptions.get(
        key(wabaId, token),
        () -> graph.edge(wabaId, "subscribed_apps", token).flatMap(AppSubscription::read));
  }

  /** Asks anew next time, because somebody may be about to change it. */
  public void forget(String wabaId, AccessToken token) {
    subscriptions.forget(key(wabaId, token));
  }

  /** Nothing where there is more than was told: an app that is missing may be among that. */
  static Optional<Set<String>> read(GraphNode answer) {
    return answer.json().path("data").isArray() && answer.text("/paging/next").isEmpty()
        ? Optional.of(
            answer.objects("/data").stream()
                .flatMap(it -> Stream.of(it.text("/whatsapp_business_api_data/id"), it.text("/id")))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new)))
        : Optional.empty();
  }

  private static String key(String wabaId, AccessToken token) {
    return token.fingerprint() + " " + wabaId;
  }
}
