package dev.numberferry.function;

import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Does not read at all what callers say of themselves in the headers for client context and Cognito
 * identity.
 */
final class ContextReader extends ObjectReader {

  private static final long serialVersionUID = 1L;

  ContextReader(ObjectMapper mapper, DeserializationConfig config) {
    super(mapper, config);
  }

  @Override
  public <T> @Nullable T readValue(String header) {
    return null;
  }
}
