package dev.numberferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LocalGraphTest {

  private static final Path SETTINGS =
      Path.of("src", "main", "resources", "application.properties");

  /** Under sam local and quarkus:dev a function has its own time-outs. */
  @Test
  void silenceIsLongerThanAnyFunctionWaits() throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(SETTINGS)) {
      settings.load(reader);
    }
    String readTimeout = settings.getProperty("quarkus.rest-client.whatsapp.read-timeout");

    assertThat(LocalGraph.LONG).isGreaterThan(2 * Integer.parseInt(readTimeout));
  }
}
