package dev.numberferry.metrics;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds every line of every test against the format's specification, and writes it where secrets
 * are searched for: the standard output of a test's process is Surefire's.
 */
@Mock
@ApplicationScoped
public class CheckedLines extends StandardOutput {

  private static final Path LOG = Path.of("target", "test-logs", "wide-lines.log");
  private static final List<String> LINES = new ArrayList<>();
  private static volatile Consumer<String> reader = line -> {};

  /** Whom every line is told from now on. */
  public static void readBy(Consumer<String> next) {
    reader = next;
  }

  @Override
  public void write(String line) {
    EmbeddedMetrics.check(line);
    reader.accept(line);
    synchronized (LINES) {
      LINES.add(line);
      append(line);
    }
  }

  /** The lines that were written since this was asked last. */
  public static List<EmbeddedMetrics> news() {
    synchronized (LINES) {
      List<EmbeddedMetrics> news = LINES.stream().map(EmbeddedMetrics::check).toList();
      LINES.clear();
      return news;
    }
  }

  private static void append(String line) {
    try {
      Files.createDirectories(LOG.getParent());
      Files.writeString(LOG, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
