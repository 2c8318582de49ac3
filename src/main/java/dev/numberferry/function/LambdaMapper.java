package dev.numberferry.function;

import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.fasterxml.jackson.core.FormatSchema;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.numberferry.event.Payload;
import dev.numberferry.support.Invocation;
import io.quarkus.amazon.lambda.runtime.ClientContextImpl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Lambda hands over so that nothing in it can fail before the function is called. A
 * failure there would be answered to Lambda alone, and the topic would never hear of the event.
 *
 * <p>Its readers do not parse: {@link PayloadReader} and {@link ContextReader}.
 */
final class LambdaMapper extends ObjectMapper {

  private static final long serialVersionUID = 1L;

  private final transient Invocation invocation;
  private final transient PollThreadDeath death;

  LambdaMapper(Invocation invocation, PollThreadDeath death) {
    this.invocation = invocation;
    this.death = death;
  }

  private LambdaMapper(LambdaMapper source) {
    super(source);
    this.invocation = source.invocation;
    this.death = source.death;
  }

  /** Quarkus gives the Lambda runtime a copy. */
  @Override
  public ObjectMapper copy() {
    return new LambdaMapper(this);
  }

  @Override
  protected ObjectReader _newReader(
      DeserializationConfig config,
      JavaType type,
      Object toUpdate,
      FormatSchema schema,
      InjectableValues injectable) {
    if (type != null && type.hasRawClass(Payload.class)) {
      return new PayloadReader(this, config);
    }
    return type != null
            && (type.hasRawClass(CognitoIdentity.class)
                || type.hasRawClass(ClientContextImpl.class))
        ? new ContextReader(this, config)
        : super._newReader(config, type, toUpdate, schema, injectable);
  }

  /**
   * Hands an event to its function as it is, JSON or not; with it the invocation begins. Who reads
   * events is the thread that takes them.
   */
  private static final class PayloadReader extends ObjectReader {

    private static final long serialVersionUID = 1L;

    private final transient Invocation invocation;
    private final transient PollThreadDeath death;

    PayloadReader(LambdaMapper mapper, DeserializationConfig config) {
      super(mapper, config);
      this.invocation = mapper.invocation;
      this.death = mapper.death;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T readValue(InputStream event) throws IOException {
      Thread.currentThread().setUncaughtExceptionHandler(death);
      invocation.begin();
      return (T) Payload.of(new String(event.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * Does not read at all what callers say of themselves in the headers for client context and
   * Cognito identity.
   */
  private static final class ContextReader extends ObjectReader {

    private static final long serialVersionUID = 1L;

    ContextReader(ObjectMapper mapper, DeserializationConfig config) {
      super(mapper, config);
    }

    @Override
    public <T> @Nullable T readValue(String header) {
      return null;
    }
  }
}
