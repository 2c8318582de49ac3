package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.NumberDetails;
import dev.numberferry.domain.PhoneNumberId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/** Asks WhatsApp in which country it keeps a number's data. */
@ApplicationScoped
public class NumberStorage {

  /** Meta's pages write it in either case. */
  private static final String IN_COUNTRY = "IN_COUNTRY_STORAGE_ENABLED";

  private final GraphQuery graph;

  NumberStorage(GraphQuery graph) {
    this.graph = graph;
  }

  /** A country code, or that none is set; nothing where WhatsApp did not tell. */
  public Optional<String> region(PhoneNumberId number, AccessToken token) {
    return graph.edge(number.value(), "settings", token).flatMap(NumberStorage::read);
  }

  static Optional<String> read(GraphNode settings) {
    Optional<String> status = upper(settings.text("/storage_configuration/status"));
    Optional<String> region =
        upper(settings.text("/storage_configuration/data_localization_region"));
    return status.isEmpty() || status.get().equals(IN_COUNTRY)
        ? region
        : Optional.of(NumberDetails.NO_COUNTRY);
  }

  private static Optional<String> upper(Optional<String> text) {
    return text.map(it -> it.toUpperCase(Locale.ROOT));
  }
}
