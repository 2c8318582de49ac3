package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which way an event came in; the ledger keeps its word. */
public enum Trigger {
  /** An invocation with the event itself. */
  DIRECT,
  /** A request of the HTTP API. */
  API,
  /** A message of the queue for migrations. */
  QUEUE,
  /** A backup that was uploaded. */
  UPLOAD;

  /** As the ledger and log lines have it. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
