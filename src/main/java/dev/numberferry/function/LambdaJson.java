package dev.numberferry.function;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.numberferry.support.Invocation;
import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.arc.All;
import io.quarkus.funqy.runtime.ApplicationException;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;

/** How JSON comes from Lambda and goes back, instead of Quarkus' own default. */
class LambdaJson {

  private static final Logger LOG = Logger.getLogger(LambdaJson.class);

  @Produces
  @Singleton
  ObjectMapper mapper(@All List<ObjectMapperCustomizer> customizers, Invocation invocation) {
    ObjectMapper mapper =
        new LambdaMapper(invocation, new PollThreadDeath(Runtime.getRuntime()::halt));
    customizers.stream().sorted().forEach(it -> it.customize(mapper));
    // A message that quotes the place could quote a piece of a backup.
    mapper
        .getFactory()
        .setErrorReportConfiguration(
            ErrorReportConfiguration.builder().maxErrorTokenLength(0).build());
    return mapper.registerModule(
        new SimpleModule().addSerializer(FunctionError.class, new FunctionErrorSerializer()));
  }

  /**
   * A failure as Lambda gets it. Funqy wraps what a function throws, so that every failure would
   * bear the wrapper's name: what is inside stands in its message, as {@code type: message}.
   */
  private static final class FunctionErrorSerializer extends StdSerializer<FunctionError> {

    private static final long serialVersionUID = 1L;

    FunctionErrorSerializer() {
      super(FunctionError.class);
    }

    @Override
    public void serialize(FunctionError error, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      String type = error.getErrorType();
      String message = error.getErrorMessage();
      if (!ApplicationException.class.getName().equals(type)) {
        // Its line would be Quarkus', which is off; the text may quote the answer.
        LOG.errorf("The invocation failed outside of the function: %s", type);
      } else if (message != null) {
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
}
