package dev.numberferry.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.PhoneNumberId;
import java.util.Optional;

/**
 * One number of a manifest.
 *
 * @param row where it stands, as a spreadsheet counts: the header is the first
 */
record Row(
    int row,
    PhoneNumberId number,
    String backupKey,
    Optional<String> secretId,
    Optional<String> expectedNumber) {

  /**
   * The migration event of this row; what the manifest does not give is left out.
   *
   * @param bucket with the backups
   */
  ObjectNode event(String bucket, boolean dryRun) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("phoneNumberId", number.value());
    event.putObject("backup").put("bucket", bucket).put("key", backupKey);
    secretId.ifPresent(it -> event.put("secretId", it));
    expectedNumber.ifPresent(it -> event.put("expectedNumber", it));
    if (dryRun) {
      event.put("dryRun", true);
    }
    return event;
  }
}
