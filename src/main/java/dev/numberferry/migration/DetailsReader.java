package dev.numberferry.migration;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.Health;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberDetails;
import dev.numberferry.domain.NumberDetailsBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Webhooks;
import dev.numberferry.domain.WebhooksBuilder;
import dev.numberferry.whatsapp.AppSubscription;
import dev.numberferry.whatsapp.NumberHealth;
import dev.numberferry.whatsapp.NumberStorage;
import dev.numberferry.whatsapp.NumberWebhooks;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks WhatsApp what else there is to know of a number, all side by side, and each once. */
@ApplicationScoped
class DetailsReader {

  private final NumberHealth health;
  private final NumberWebhooks webhooks;
  private final AppSubscription subscription;
  private final NumberStorage storage;
  private final Parallel parallel;

  DetailsReader(
      NumberHealth health,
      NumberWebhooks webhooks,
      AppSubscription subscription,
      NumberStorage storage,
      Parallel parallel) {
    this.health = health;
    this.webhooks = webhooks;
    this.subscription = subscription;
    this.storage = storage;
    this.parallel = parallel;
  }

  /**
   * @param wabaId the number's account, where an earlier look named it
   * @return waits for the answers
   */
  Supplier<NumberDetails> start(
      MigrationRequest request, AccessToken token, Optional<String> wabaId) {
    PhoneNumberId number = request.phoneNumberId();
    Supplier<Optional<Health>> healthCall = parallel.start(() -> health.of(number, token));
    Supplier<Optional<Webhooks>> webhookCall = parallel.start(() -> webhooks.of(number, token));
    Supplier<Optional<Boolean>> subscribedCall =
        wabaId.map(it -> subscribed(it, token)).orElse(Optional::empty);
    Supplier<Optional<String>> regionCall =
        request
            .dataLocalizationRegion()
            .map(asked -> parallel.start(() -> storage.region(number, token)))
            .orElse(Optional::empty);
    return () ->
        NumberDetailsBuilder.builder()
            .health(healthCall.get().orElse(null))
            .webhooks(webhooks(webhookCall.get(), subscribedCall.get()))
            .dataLocalizationRegion(regionCall.get().orElse(null))
            .build();
  }

  private Supplier<Optional<Boolean>> subscribed(String wabaId, AccessToken token) {
    Supplier<Optional<String>> appCall = parallel.start(() -> subscription.app(token));
    Supplier<Optional<Set<String>>> subscribedCall =
        parallel.start(() -> subscription.subscribed(wabaId, token));
    return () -> {
      Optional<Boolean> subscribed =
          appCall.get().flatMap(app -> subscribedCall.get().map(all -> all.contains(app)));
      if (subscribed.equals(Optional.of(false))) {
        subscription.forget(wabaId, token);
      }
      return subscribed;
    };
  }

  private static @Nullable Webhooks webhooks(
      Optional<Webhooks> told, Optional<Boolean> subscribed) {
    return told.isEmpty() && subscribed.isEmpty()
        ? null
        : told.orElseGet(() -> WebhooksBuilder.builder().build())
            .withAppSubscribed(subscribed.orElse(null));
  }
}
