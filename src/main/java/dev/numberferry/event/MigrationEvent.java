package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationRequestBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Retry;
import dev.numberferry.support.StrictJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The migration event as people write it; the public contract of every way in that takes JSON. */
@RegisterForReflection
public record MigrationEvent(
    @Nullable String phoneNumberId,
    @Nullable BackupField backup,
    @Nullable String secretId,
    @Nullable String dataLocalizationRegion,
    @Nullable String expectedNumber,
    @Nullable Retry retry,
    boolean dryRun) {

  /** The field that says which number an event is about. */
  static final String NUMBER = "phoneNumberId";

  private static final List<FieldType> TYPES =
      List.of(
          FieldType.text(NUMBER),
          FieldType.optionalText("secretId"),
          FieldType.optionalText("dataLocalizationRegion"),
          FieldType.optionalText("expectedNumber"),
          new FieldType(
              "dryRun",
              JsonNodeType.BOOLEAN,
              "Leave it out, or give true or false without quotes."));

  private static final FieldForm SECRET_NAME =
      FieldForm.of(
          "secretId", "[A-Za-z0-9/_+=.@-]{1,512}", "Give the secret's name, and not its ARN.");

  private static final FieldForm COUNTRY =
      FieldForm.of(
          "dataLocalizationRegion",
          "[A-Z]{2}",
          "Give a two-letter country code such as DE, or leave it out.");

  /** As people write and paste them: with any spaces, dashes and brackets, and marks unseen. */
  private static final FieldForm PHONE_NUMBER =
      FieldForm.of(
          "expectedNumber",
          "(?s)(?=.{5,60}$)%1$s*+\\+?(?:%1$s*+[0-9]){5,20}+%1$s*+"
              .formatted("[\\s\\p{Zs}\\p{Cf}\\p{Pd}\\u2212.()\\[\\]/]"),
          "Give the phone number that is to move, such as +15551234567.");

  /**
   * @throws InvalidInputException naming the first field that cannot be used
   */
  public static MigrationRequest read(JsonNode json, Delivery delivery) {
    for (List<FieldType> types : List.of(TYPES, BackupField.TYPES, RetryField.TYPES)) {
      FieldType.check(json, types, "the event");
    }
    MigrationEvent event = StrictJson.bind(json, MigrationEvent.class, "the event");
    PhoneNumberId number = new PhoneNumberId(event.phoneNumberId);
    if (event.backup == null) {
      throw new InvalidInputException("backup", "is missing", BackupField.CURE);
    }
    return MigrationRequestBuilder.builder()
        .phoneNumberId(number)
        .backup(event.backup.source())
        .secretId(SECRET_NAME.optional(event.secretId))
        .dataLocalizationRegion(COUNTRY.optional(event.dataLocalizationRegion))
        .expectedNumber(PHONE_NUMBER.optional(event.expectedNumber))
        .retry(Optional.ofNullable(event.retry).map(RetryField::checked))
        .dryRun(event.dryRun)
        .delivery(delivery)
        .build();
  }

  /** Whether an event asks for a dry run, even where the rest of it cannot be used. */
  public static boolean isDryRun(JsonNode event) {
    return event.path("dryRun").asBoolean();
  }

  /** The number that an event names, even where the rest of it cannot be used. */
  public static Optional<PhoneNumberId> numberIn(JsonNode event) {
    return Optional.ofNullable(event.path(NUMBER).textValue()).flatMap(PhoneNumberId::of);
  }
}
