package dev.numberferry.function;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.funqy.runtime.ApplicationException;
import java.io.IOException;

/**
 * A failure as Lambda gets it. Funqy wraps what a function throws, so that every failure would bear
 * the wrapper's name: what is inside stands in its message, as {@code type: message}.
 */
final class FunctionErrorSerializer extends StdSerializer<FunctionError> {

  private static final long serialVersionUID = 1L;

  FunctionErrorSerializer() {
    super(FunctionError.class);
  }

  @Override
  public void serialize(FunctionError error, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    String type = error.getErrorType();
    String message = error.getErrorMessage();
    if (ApplicationException.class.getName().equals(type) && message != null) {
      String[] inside = message.split(": ", 2);
      type = inside[0];
      message = inside.length > 1 ? inside[1] : "";
    }
    json.writeStartObject();
    json.writeStringField("errorType", type);
    json.writeStringField("errorMessage", message);
    json.writeEndObject();
  }
}
