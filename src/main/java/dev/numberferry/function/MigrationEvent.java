package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.BackupSource;
import dev.numberferry.domain.BackupSource.InlineBackup;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationRequestBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Secret;
import dev.numberferry.support.StrictJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import java.util.regex.Pattern;

/** The migration event as people write it; the public contract of every way in that takes JSON. */
@RegisterForReflection
record MigrationEvent(
    String phoneNumberId,
    BackupField backup,
    String secretId,
    String dataLocalizationRegion,
    String expectedNumber,
    Retry retry,
    boolean dryRun) {

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,512}");

  /** As people write and paste them: with any spaces, dashes and brackets, and marks unseen. */
  private static final Pattern PHONE_NUMBER =
      Pattern.compile(
          "(?=.{5,60}$)%1$s*+\\+?(?:%1$s*+[0-9]){5,20}+%1$s*+"
              .formatted("[\\s\\p{Zs}\\p{Cf}\\p{Pd}\\u2212.()\\[\\]/]"),
          Pattern.DOTALL);

  private static final Pattern REASON = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,500}");
  private static final Pattern ATTEMPT = Pattern.compile("none|[A-Za-z0-9-]{1,64}/[A-Z_]{1,32}");
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

  private static final String RETRY_CURE =
      "Give {\"after\": \"<migrationId>/<STATUS>\", \"reason\": \"in words\"}, with the retry.after"
          + " of the number's last result or of GET /migrations/<phoneNumberId>, and a reason of 1"
          + " to 500 characters in one line.";

  /** A backup in S3 or, in {@code data}, inline. */
  @RegisterForReflection
  record BackupField(String bucket, String key, String versionId, String data) {

    BackupSource source() {
      boolean inS3 = bucket != null || key != null || versionId != null;
      if (inS3 == (data != null)) {
        throw new InvalidInputException(
            "backup",
            inS3 ? "names an object and has data as well" : "is empty",
            "Give bucket and key of an object in S3, or data, and not both.");
      }
      if (data != null) {
        return new InlineBackup(data);
      }
      check("backup.bucket", bucket, BUCKET, "Give the name of the bucket with the backup.");
      if (key == null || key.isEmpty()) {
        throw new InvalidInputException(
            "backup.key", "is missing", "Give the key of the backup's object.");
      }
      return new StoredBackup(bucket, key, versionId);
    }

    @Override
    public String toString() {
      return Secret.MASK;
    }
  }

  /**
   * @throws InvalidInputException naming the first field that cannot be used
   */
  static MigrationRequest read(JsonNode json, Delivery delivery) {
    refuseTextAsRetry(json);
    MigrationEvent event = StrictJson.bind(json, MigrationEvent.class, "the event");
    PhoneNumberId number = new PhoneNumberId(event.phoneNumberId);
    if (event.backup == null) {
      throw new InvalidInputException(
          "backup", "is missing", "Give bucket and key of an object in S3, or data.");
    }
    return MigrationRequestBuilder.builder()
        .phoneNumberId(number)
        .backup(event.backup.source())
        .secretId(
            optional(
                "secretId",
                event.secretId,
                SECRET_NAME,
                "Give the secret's name, and not its ARN."))
        .dataLocalizationRegion(
            optional(
                "dataLocalizationRegion",
                event.dataLocalizationRegion,
                COUNTRY,
                "Give a two-letter country code such as DE, or leave it out."))
        .expectedNumber(
            optional(
                "expectedNumber",
                event.expectedNumber,
                PHONE_NUMBER,
                "Give the phone number that is to move, such as +15551234567."))
        .retry(Optional.ofNullable(event.retry).map(MigrationEvent::checked))
        .dryRun(event.dryRun)
        .delivery(delivery)
        .build();
  }

  /** The number that an event names, even where the rest of it cannot be used. */
  static Optional<PhoneNumberId> numberIn(JsonNode event) {
    JsonNode field = event == null ? null : event.get("phoneNumberId");
    if (field == null || !field.isTextual()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PhoneNumberId(field.textValue()));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /**
   * The ledger reads a text there, as version 0.1.0 kept it; an event has to say what it is after.
   */
  private static void refuseTextAsRetry(JsonNode json) {
    if (json != null && json.path("retry").isTextual()) {
      throw new InvalidInputException("retry", "is a text", RETRY_CURE);
    }
  }

  private static Retry checked(Retry retry) {
    check("retry.after", retry.after(), ATTEMPT, RETRY_CURE);
    check("retry.reason", retry.reason(), REASON, RETRY_CURE);
    return retry;
  }

  private static Optional<String> optional(String field, String value, Pattern form, String cure) {
    if (value != null) {
      check(field, value, form, cure);
    }
    return Optional.ofNullable(value);
  }

  private static void check(String field, String value, Pattern form, String cure) {
    if (value == null || !form.matcher(value).matches()) {
      throw new InvalidInputException(
          field, value == null ? "is missing" : "has a form that is not accepted", cure);
    }
  }
}
