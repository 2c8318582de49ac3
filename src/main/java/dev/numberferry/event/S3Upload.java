package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An event of one object in S3, as it was told: nobody knows yet whether there can be such an
 * object.
 *
 * @param versionId null where the event names none
 * @param change what was done to the object
 * @param time when it happened; null where the event does not tell
 * @param sequencer S3's order of the events of one key: hexadecimal digits; null where the event
 *     does not tell
 * @param requestedBy who did it, where the event tells
 */
@RecordBuilder
public record S3Upload(
    String bucket,
    String key,
    @Nullable String versionId,
    Change change,
    @Nullable Instant time,
    @Nullable String sequencer,
    Optional<String> requestedBy) {

  /** What an event tells of an object. */
  enum Change {
    /** It was written. */
    CREATED,
    /**
     * It was deleted, restored, tagged, read, or moved to another class; or a call to another
     * service is told, such as the one that published the answer to the last such event.
     */
    OTHER,
    /** It was written, and CloudTrail tells so. */
    AUDITED,
    /** Nothing that S3 is known to tell. */
    UNKNOWN;

    /** What stands in for S3 writes s3: before it. Source: S3's page on its event types. */
    private static final Pattern CREATING = Pattern.compile("(s3:)?ObjectCreated:.+");

    private static final Pattern TOUCHING =
        Pattern.compile(
            "(s3:)?(Object(Removed|Restore|Tagging|Acl|Accessed)|Lifecycle(Expiration|Transition)"
                + "|IntelligentTiering|Replication|ReducedRedundancyLostObject)(:.*)?");

    /** Source: EventBridge's page on S3's events. */
    private static final Pattern TOUCHING_DETAIL =
        Pattern.compile(
            "Object (Deleted|Restore (Initiated|Completed|Expired)|Tags (Added|Deleted)|ACL Updated"
                + "|Storage Class Changed|Access Tier Changed)");

    static Change ofNotification(String eventName) {
      if (CREATING.matcher(eventName).matches()) {
        return CREATED;
      }
      return TOUCHING.matcher(eventName).matches() ? OTHER : UNKNOWN;
    }

    static Change ofEventBridge(JsonNode event) {
      String detailType = event.path("detail-type").asText();
      if (!event.path("source").asText().equals("aws.s3")) {
        return UNKNOWN;
      }
      if (detailType.equals("Object Created")) {
        return CREATED;
      }
      return TOUCHING_DETAIL.matcher(detailType).matches() ? OTHER : UNKNOWN;
    }

    static Change ofReport(JsonNode event) {
      return ReportedCall.wroteAnObject(event) ? AUDITED : OTHER;
    }
  }

  /**
   * Reads an S3 notification, whose keys are URL-encoded. Source: S3's page on the structure of
   * event messages.
   */
  public static List<S3Upload> ofNotification(JsonNode event) {
    return StreamSupport.stream(event.path("Records").spliterator(), false)
        .map(
            record ->
                S3UploadBuilder.builder()
                    .bucket(record.at("/s3/bucket/name").asText())
                    .key(decoded(record.at("/s3/object/key").asText()))
                    .versionId(text(record.at("/s3/object/versionId")))
                    .change(Change.ofNotification(record.path("eventName").asText()))
                    .time(time(record.path("eventTime")))
                    .sequencer(sequencer(record.at("/s3/object/sequencer")))
                    .requestedBy(Requester.by(record, "/userIdentity/principalId"))
                    .build())
        .toList();
  }

  /**
   * Reads an EventBridge event, whose key is not encoded. Source: S3's page on the structure of its
   * EventBridge messages, and CloudTrail's on the contents of its records.
   */
  public static S3Upload ofEventBridge(JsonNode event) {
    JsonNode detail = event.path("detail");
    boolean reported = ReportedCall.isOne(event);
    return S3UploadBuilder.builder()
        .bucket(detail.at(reported ? "/requestParameters/bucketName" : "/bucket/name").asText())
        .key(detail.at(reported ? "/requestParameters/key" : "/object/key").asText())
        .versionId(text(detail.at("/object/version-id")))
        .change(reported ? Change.ofReport(event) : Change.ofEventBridge(event))
        .time(time(event.path("time")))
        .sequencer(sequencer(detail.at("/object/sequencer")))
        .requestedBy(Requester.by(detail, "/requester"))
        .build();
  }

  /** The one number that the keys in an event name; nothing where it is no event of S3. */
  public static Optional<PhoneNumberId> numberIn(JsonNode event) {
    Stream<S3Upload> uploads =
        switch (EventKind.of(event)) {
          case S3_NOTIFICATION -> ofNotification(event).stream();
          case EVENTBRIDGE -> Stream.of(ofEventBridge(event));
          default -> Stream.of();
        };
    List<Optional<PhoneNumberId>> numbers = uploads.map(S3Upload::number).distinct().toList();
    return numbers.size() == 1 ? numbers.get(0) : Optional.empty();
  }

  /**
   * @throws InvalidInputException if there can be no such object, or this tells of no upload in a
   *     form that can be relied on
   */
  public StoredBackup object() {
    if (change == Change.AUDITED) {
      throw new InvalidInputException(
          "the event",
          "is an upload as CloudTrail reports it, which is late and in no order",
          "Send the bucket's own events, with EventBridge switched on in its properties: source"
              + " aws.s3, detail-type Object Created; then upload the backup again.");
    }
    if (change != Change.CREATED || key.isEmpty()) {
      throw new InvalidInputException(
          "the event",
          "tells of no object that was written, and of none that was otherwise touched",
          "Let the bucket send s3:ObjectCreated:* (in EventBridge source aws.s3, detail-type Object"
              + " Created), unchanged, and nothing else send events here.");
    }
    return new StoredBackup(bucket, key, versionId);
  }

  /** Whether it makes no object: it may be passed over. */
  public boolean makesNothing() {
    return change == Change.OTHER;
  }

  /** Whether it is CloudTrail that tells of an object that was written. */
  public boolean isReported() {
    return change == Change.AUDITED;
  }

  /** Whether it tells of an object that was written, in whatever form. */
  public boolean isUpload() {
    return !key.isEmpty() && (change == Change.CREATED || change == Change.AUDITED);
  }

  /** The number that its key names, if it names one and no other. */
  public Optional<PhoneNumberId> number() {
    return StoredBackup.numberIn(key);
  }

  /** Whether it lies beside a backup without being one, as tools and file managers leave it. */
  public boolean isSidecar() {
    return SidecarFile.isOne(key);
  }

  /** Whether AWS wrote it to tell what happens, as to a bucket that logs into itself. */
  public boolean isLog() {
    return AwsLog.isOne(key);
  }

  private static String decoded(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return key;
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }

  private static @Nullable String sequencer(JsonNode node) {
    return node.asText().matches("[0-9A-Fa-f]{1,64}") ? node.asText() : null;
  }

  private static @Nullable Instant time(JsonNode node) {
    try {
      return Instant.parse(node.asText());
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Logs of AWS's, under any prefix. In a bucket that logs into itself each access is followed by
   * another log. Sources: S3's page on the key format of server access logs, CloudTrail's on
   * finding its log files.
   */
  private static final class AwsLog {

    private static final Pattern OF_ACCESSES =
        Pattern.compile("(?s).*\\d{4}(-\\d{2}){5}-[0-9A-Z]{16}");

    private static final Pattern OF_A_SERVICE =
        Pattern.compile("(?s)(.*/)?AWSLogs/(o-[a-z0-9]+/)?\\d{12}/.*");

    private AwsLog() {}

    static boolean isOne(String key) {
      return OF_ACCESSES.matcher(key).matches() || OF_A_SERVICE.matcher(key).matches();
    }
  }

  /**
   * What tools leave beside a file: checksums, signatures, files of file managers and editors, and
   * unfinished copies.
   */
  private static final class SidecarFile {

    private static final Pattern NAME =
        Pattern.compile(
            "(?i)[.~].*|.*~|thumbs\\.db|desktop\\.ini|((md5|sha\\d*)sums?|checksums?)(\\.\\w+)?"
                + "|.*\\.(md5|sha\\d*|sha\\d+-\\d+|crc\\d*c?|b2|blake\\w+|(md5|sha\\d+|b2)sums?"
                + "|checksums?|digest|sfv|sig|sign|signature|asc|minisig|p7s"
                + "|tmp|temp|part|partial|filepart|crdownload|swp)");

    private SidecarFile() {}

    static boolean isOne(String key) {
      return NAME.matcher(key.substring(key.lastIndexOf('/') + 1)).matches();
    }
  }
}
