package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a number can send messages, and what stands against it, as WhatsApp tells; absent parts
 * are null. Source: Meta's pages on messaging health status and of the phone number node.
 *
 * @param entities the number and what it belongs to, those that hold messages back first
 * @param nameStatus {@code APPROVED}, {@code DECLINED} and others: of the display name
 * @param qualityRating {@code GREEN}, {@code YELLOW}, {@code RED}, {@code NA} or {@code UNKNOWN}
 * @param codeVerificationStatus {@code VERIFIED}, {@code NOT_VERIFIED}, {@code EXPIRED} and others
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Health(
    List<Entity> entities,
    @Nullable String nameStatus,
    @Nullable String qualityRating,
    @Nullable String codeVerificationStatus) {

  private static final Set<String> GOOD_NAMES = Set.of("APPROVED", "AVAILABLE_WITHOUT_REVIEW");

  /**
   * One part of what a message needs to be sent, and whether it lets it pass; absent parts are
   * null. Source: Meta's page on the messaging health status.
   *
   * @param entityType {@code PHONE_NUMBER}, {@code WABA}, {@code BUSINESS}, {@code APP} and others
   * @param canSendMessage {@code AVAILABLE}, {@code LIMITED} or {@code BLOCKED}
   * @param errors why it is not available
   * @param additionalInfo what Meta adds in words
   */
  @RecordBuilder
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Entity(
      @Nullable String entityType,
      @Nullable String id,
      @Nullable String canSendMessage,
      List<EntityError> errors,
      List<String> additionalInfo) {

    public Entity {
      errors = errors == null ? List.of() : List.copyOf(errors);
      additionalInfo = additionalInfo == null ? List.of() : List.copyOf(additionalInfo);
    }

    /** Whether it keeps messages back, all or some of them. */
    public boolean holdsBack() {
      return canSendMessage != null && !canSendMessage.equals(NumberState.AVAILABLE);
    }

    /** Whether Meta says why. */
    public boolean hasReasons() {
      return !errors.isEmpty() || !additionalInfo.isEmpty();
    }

    /** The same for an operator. */
    Finding warning() {
      String which =
          Stream.of(entityType, id).filter(Objects::nonNull).collect(Collectors.joining(" "));
      String why =
          joined(Stream.concat(errors.stream().map(EntityError::reason), additionalInfo.stream()));
      String solution = joined(errors.stream().map(EntityError::possibleSolution));
      return Finding.warning(
          "health",
          "of " + which + " is " + canSendMessage + (why.isEmpty() ? "" : " (" + why + ")"),
          solution.isEmpty() ? "Look at it in WhatsApp Manager." : solution + ".");
    }

    private static String joined(Stream<String> texts) {
      return texts
          .filter(Objects::nonNull)
          .map(Sentence::part)
          .filter(it -> !it.isEmpty())
          .distinct()
          .collect(Collectors.joining("; "));
    }
  }

  /**
   * One reason for which an {@link Entity} is not available; absent parts are null.
   *
   * @param code one of Meta's, such as 141006 for a payment method that is missing
   * @param possibleSolution what Meta advises
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EntityError(
      @Nullable Integer code, @Nullable String description, @Nullable String possibleSolution) {

    String reason() {
      return Stream.of(code == null ? null : "code " + code, description)
          .filter(Objects::nonNull)
          .collect(Collectors.joining(": "));
    }
  }

  public Health {
    entities = entities == null ? List.of() : List.copyOf(entities);
  }

  /** Whether anything keeps messages back, all or some of them. */
  boolean holdsBack() {
    return entities.stream().anyMatch(Entity::holdsBack);
  }

  /** What holds messages back. */
  List<Finding> sendingWarnings() {
    List<Entity> holdBack = entities.stream().filter(Entity::holdsBack).toList();
    boolean explained = holdBack.stream().anyMatch(Entity::hasReasons);
    return holdBack.stream()
        // The number is blocked because its account is: the one with the reason says it all.
        .filter(it -> !explained || it.hasReasons())
        .map(Entity::warning)
        .toList();
  }

  /** What is wrong with the display name. */
  Stream<Finding> nameWarning() {
    return nameStatus == null || GOOD_NAMES.contains(nameStatus)
        ? Stream.empty()
        : Stream.of(
            Finding.warning(
                "nameStatus",
                "is " + nameStatus + ", so customers may not see the display name",
                "Look at the display name in WhatsApp Manager."));
  }

  /** What matters before the move only: a number that has moved was verified. */
  Stream<Finding> verificationWarning() {
    return codeVerificationStatus == null || codeVerificationStatus.equals("VERIFIED")
        ? Stream.empty()
        : Stream.of(
            Finding.warning(
                "codeVerificationStatus",
                "is " + codeVerificationStatus + ", and register may answer 133006 to that",
                "Request a code for the number and verify it, if register asks for that."));
  }
}
