package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.Health;
import dev.numberferry.domain.PhoneNumberId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Asks WhatsApp whether a number can send messages, and what stands against it. */
@ApplicationScoped
public class NumberHealth {

  private static final String FIELDS =
      "id,health_status,name_status,quality_rating,code_verification_status";

  private final GraphQuery graph;

  NumberHealth(GraphQuery graph) {
    this.graph = graph;
  }

  /** Nothing where WhatsApp did not tell. */
  public Optional<Health> of(PhoneNumberId number, AccessToken token) {
    return graph.node(number.value(), FIELDS, token).map(HealthParser::read);
  }
}
