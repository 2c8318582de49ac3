package dev.numberferry.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The standard output of the process, beside the log: a handler of the log would put a line of JSON
 * into the {@code message} of another. Lambda takes what stands there into the log group as it is.
 */
@ApplicationScoped
public class StandardOutput {

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);

  /**
   * Writes a line at once, so that no other gets into it.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
