package dev.numberferry.migration;

import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Lets log lines carry a migration's id until it is closed; those of whoever was at work before it
 * carry theirs again after that.
 *
 * @param outerId the id that they carried before; null where they carried none
 */
record LogContext(@Nullable Object outerId) implements AutoCloseable {

  private static final String ID = "migrationId";

  static LogContext of(String migrationId) {
    LogContext context = new LogContext(MDC.get(ID));
    MDC.put(ID, migrationId);
    return context;
  }

  @Override
  public void close() {
    if (outerId == null) {
      MDC.remove(ID);
    } else {
      MDC.put(ID, outerId);
    }
  }
}
