package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.Health;
import dev.numberferry.domain.HealthBuilder;
import dev.numberferry.domain.HealthEntityBuilder;
import dev.numberferry.domain.PhoneNumberId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Reads the health of a number in WhatsApp's answer. What is kept of it is bounded, because it
 * becomes part of a message and of the ledger.
 */
final class HealthParser {

  private static final int ENTITIES = 6;
  private static final int ERRORS = 3;
  private static final int INFOS = 2;

  private static final Comparator<Health.Entity> WORST_FIRST =
      Comparator.comparing(Health.Entity::holdsBack)
          .thenComparing(Health.Entity::hasReasons)
          .reversed();

  private HealthParser() {}

  /** Id of the account that a number belongs to, where its health names it: a URL is made of it. */
  static Optional<String> wabaId(JsonNode number) {
    return StreamSupport.stream(number.at("/health_status/entities").spliterator(), false)
        .filter(it -> it.path("entity_type").asText().equals("WABA"))
        .map(it -> it.path("id").asText())
        .filter(it -> PhoneNumberId.ANY_ID.matcher(it).matches())
        .findFirst();
  }

  static Health read(GraphNode number) {
    List<Health.Entity> entities =
        number.objects("/health_status/entities").stream()
            .map(HealthParser::entity)
            .sorted(WORST_FIRST)
            .limit(ENTITIES)
            .toList();
    return HealthBuilder.builder()
        .entities(entities)
        .nameStatus(number.text("/name_status").orElse(null))
        .qualityRating(number.text("/quality_rating").orElse(null))
        .codeVerificationStatus(number.text("/code_verification_status").orElse(null))
        .build();
  }

  private static Health.Entity entity(GraphNode entity) {
    return HealthEntityBuilder.builder()
        .entityType(entity.text("/entity_type").orElse(null))
        .id(entity.text("/id").orElse(null))
        .canSendMessage(entity.text("/can_send_message").orElse(null))
        .errors(entity.objects("/errors").stream().limit(ERRORS).map(HealthParser::error).toList())
        .additionalInfo(entity.texts("/additional_info", INFOS))
        .build();
  }

  private static Health.EntityError error(GraphNode error) {
    return new Health.EntityError(
        error.code("/error_code").orElse(null),
        error.text("/error_description").orElse(null),
        error.text("/possible_solution").orElse(null));
  }
}
