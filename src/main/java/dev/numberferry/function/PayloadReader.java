package dev.numberferry.function;

import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.numberferry.event.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Hands an event to its function as it is, JSON or not. */
final class PayloadReader extends ObjectReader {

  private static final long serialVersionUID = 1L;

  PayloadReader(ObjectMapper mapper, DeserializationConfig config) {
    super(mapper, config);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T readValue(InputStream event) throws IOException {
    return (T) Payload.of(new String(event.readAllBytes(), StandardCharsets.UTF_8));
  }
}
