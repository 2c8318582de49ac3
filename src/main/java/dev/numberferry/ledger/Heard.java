package dev.numberferry.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Upload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the topic has heard of a number for a message of a queue, the last time that it heard
 * anything. Each receive of the message is a run with an id of its own: by this they are told from
 * news.
 *
 * @param messageId the message's, the same at each receive
 * @param upload the object of which one of the events in it is, where they are uploads; else null
 * @param reason why the call was held back, else null
 * @param code WhatsApp's, where it gave one, else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Heard(
    String messageId,
    @Nullable String upload,
    Status status,
    @Nullable Reason reason,
    @Nullable Integer code) {

  public static Heard of(String messageId, Optional<Upload> upload, MigrationResult result) {
    Integer code =
        Optional.ofNullable(result.outcome().error()).map(ErrorDetails::code).orElse(null);
    String object = upload.map(it -> it.object().reference()).orElse(null);
    return new Heard(messageId, object, result.status(), result.outcome().reason(), code);
  }
}
