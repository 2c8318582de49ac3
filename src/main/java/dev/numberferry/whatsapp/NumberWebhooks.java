package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Webhooks;
import dev.numberferry.domain.WebhooksBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks WhatsApp which webhook gets the messages that users send to a number. */
@ApplicationScoped
public class NumberWebhooks {

  static final String FIELD = "webhook_configuration";

  private final GraphQuery graph;

  NumberWebhooks(GraphQuery graph) {
    this.graph = graph;
  }

  /** Nothing where WhatsApp did not tell. */
  public Optional<Webhooks> of(PhoneNumberId number, AccessToken token) {
    return graph.node(number.value(), "id," + FIELD, token).flatMap(NumberWebhooks::read);
  }

  static Optional<Webhooks> read(GraphNode number) {
    if (!number.has(FIELD)) {
      return Optional.empty();
    }
    return Stream.of(WebhookLevel.values())
        .flatMap(level -> level.url(number).map(url -> webhooks(url, level)).stream())
        .findFirst()
        .or(() -> Optional.of(WebhooksBuilder.builder().setOn(Webhooks.NOWHERE).build()));
  }

  private static Webhooks webhooks(String url, WebhookLevel level) {
    return WebhooksBuilder.builder().host(WebhookUrl.host(url)).setOn(level.name()).build();
  }
}
