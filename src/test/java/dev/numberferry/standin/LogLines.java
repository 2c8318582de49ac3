package dev.numberferry.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What a class logs, for tests that are about a line of the log. */
public final class LogLines {

  private LogLines() {}

  /** With its parameters in it. */
  @SuppressWarnings("deprecation")
  public static String message(LogRecord line) {
    return ExtLogRecord.wrap(line).getFormattedMessage();
  }

  /** What a class logs meanwhile, each line with its level before it. */
  public static List<String> of(Class<?> type, Runnable action) {
    List<String> lines = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + message(line));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(type.getName());
    logger.addHandler(handler);
    try {
      action.run();
    } finally {
      logger.removeHandler(handler);
    }
    return lines;
  }
}
