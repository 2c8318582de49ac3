package dev.numberferry.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads the bodies that the stand-ins are sent, and keeps some of them. */
final class Bodies {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path LOGS = Path.of("target", "test-logs");

  private Bodies() {}

  static JsonNode json(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String text) {
    return json(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Keeps what was sent, to be searched for secrets when all tests are over. */
  static synchronized void keep(String file, String sent) {
    try {
      Files.createDirectories(LOGS);
      Files.writeString(
          LOGS.resolve(file), sent + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
