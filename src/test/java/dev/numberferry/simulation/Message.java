package dev.numberferry.simulation;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message of the topic.
 *
 * @param about the id of the migration, or of the engagement of the brake
 * @param status as the topic has it
 * @param detail the error's code or the reason
 * @param number whose it is; empty where it is nobody's
 */
record Message(String about, String status, String detail, String number) {

  /** Whether it says so much as the ledger has of a result, or of what was heard. */
  boolean says(JsonNode kept) {
    JsonNode error = kept.path("error");
    String code = error.path("code").asText(kept.path("code").asText());
    return status.equals(kept.path("status").asText())
        && detail.equals(code.isEmpty() ? kept.path("reason").asText() : code);
  }
}
