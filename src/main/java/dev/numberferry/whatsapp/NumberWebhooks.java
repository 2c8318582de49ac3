package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Webhooks;
import dev.numberferry.domain.WebhooksBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks WhatsApp which webhook gets the messages that users send to a number. */
@ApplicationScoped
public class NumberWebhooks {

  private static final String FIELD = "webhook_configuration";

  /** Where a webhook can be set, and what Meta calls it there: the more specific one counts. */
  private static final Map<String, String> LEVELS = new LinkedHashMap<>();

  static {
    LEVELS.put("phone_number", "PHONE_NUMBER");
    LEVELS.put("whatsapp_business_account", "WABA");
    LEVELS.put("application", "APP");
  }

  private static final Pattern HOST =
      Pattern.compile(
          "(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#\\\\]*@)?"
              + "([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]*)?(?:[/?#\\\\].*)?",
          Pattern.DOTALL);

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
    return LEVELS.entrySet().stream()
        .flatMap(
            level ->
                Optional.ofNullable(number.text("/" + FIELD + "/" + level.getKey()))
                    .map(url -> webhooks(url, level.getValue()))
                    .stream())
        .findFirst()
        .or(() -> Optional.of(WebhooksBuilder.builder().setOn(Webhooks.NOWHERE).build()));
  }

  private static Webhooks webhooks(String url, String setOn) {
    Matcher host = HOST.matcher(url);
    return WebhooksBuilder.builder()
        .host(host.matches() ? host.group(1) : null)
        .setOn(setOn)
        .build();
  }
}
