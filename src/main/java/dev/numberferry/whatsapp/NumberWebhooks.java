package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Webhooks;
import dev.numberferry.domain.WebhooksBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks WhatsApp which webhook gets the messages that users send to a number. */
@ApplicationScoped
public class NumberWebhooks {

  private static final String FIELD = "webhook_configuration";

  private static final Pattern URL =
      Pattern.compile(
          "(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#\\\\]*@)?"
              + "([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]*)?(?:[/?#\\\\].*)?",
          Pattern.DOTALL);

  /**
   * Where a webhook can be set: the more specific level, which stands first here, counts. Source:
   * Meta's page on webhook overrides.
   */
  private enum Level {
    PHONE_NUMBER("phone_number"),
    WABA("whatsapp_business_account"),
    APP("application");

    private final String field;

    Level(String field) {
      this.field = field;
    }

    /** The URL that is set on this level, where one is. */
    private Optional<String> url(GraphNode number) {
      return number.text("/" + FIELD + "/" + field);
    }
  }

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
    return Stream.of(Level.values())
        .flatMap(level -> level.url(number).map(url -> webhooks(url, level)).stream())
        .findFirst()
        .or(() -> Optional.of(WebhooksBuilder.builder().setOn(Webhooks.NOWHERE).build()));
  }

  private static Webhooks webhooks(String url, Level level) {
    return WebhooksBuilder.builder().host(host(url).orElse(null)).setOn(level.name()).build();
  }

  /** The host in a URL, where one can be found for certain; the rest may hold a secret. */
  private static Optional<String> host(String url) {
    return Optional.of(URL.matcher(url)).filter(Matcher::matches).map(it -> it.group(1));
  }
}
