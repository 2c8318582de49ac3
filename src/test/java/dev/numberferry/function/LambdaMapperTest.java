package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.numberferry.event.Payload;
import dev.numberferry.support.Invocation;
import dev.numberferry.support.Machine;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaContext;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaMapperRecorder;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Lambda's runtime makes of the headers that a caller can fill. */
@QuarkusTest
class LambdaMapperTest extends FunctionTestBase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"custom\": {\"traceparent\": \"00-1-2-01\"}}",
        "{\"custom\": {\"nested\": {\"a\": [1]}}, \"client\": 5}",
        "{\"cognitoIdentityId\": \"eu-central-1:1\", \"cognitoIdentityPoolId\": \"2\"}",
        "{\"custom\": {\"a\": 1, \"a\": 2}}",
        "{\"custom\": ",
        "no JSON",
        "[]",
        "null",
        ""
      })
  void noHeaderOfACallerFailsBeforeTheFunction(String header) throws Exception {
    AmazonLambdaContext context =
        new AmazonLambdaContext(
            new Next(header),
            AmazonLambdaMapperRecorder.cognitoIdReader,
            AmazonLambdaMapperRecorder.clientCtxReader);

    assertThat(context.getAwsRequestId()).isEqualTo("id");
    assertThat(context.getClientContext()).isNull();
    assertThat(context.getIdentity()).isNull();
  }

  @Test
  void anythingElseIsReadAsByJackson() throws Exception {
    ObjectMapper copy = mapper(code -> {}).copy();

    assertThat(copy.readerFor(int[].class).<int[]>readValue("[1, 2]")).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theProcessEndsWithTheThreadThatTakesEvents(boolean whileReading) throws Exception {
    List<Integer> ended = new CopyOnWriteArrayList<>();
    ObjectReader reader = mapper(ended::add).copy().readerFor(Payload.class);
    Thread thread =
        new Thread(
            () -> {
              read(reader, whileReading ? new NoMemory() : InputStream.nullInputStream());
              // So does Quarkus, while it writes an answer.
              throw new OutOfMemoryError();
            });

    thread.start();
    thread.join();

    assertThat(ended).containsExactly(1);
  }

  private static void read(ObjectReader reader, InputStream event) {
    try {
      reader.readValue(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LambdaMapper mapper(IntConsumer end) {
    return new LambdaMapper(new Invocation(new Machine()), new PollThreadDeath(end));
  }

  @SuppressWarnings("InputStreamSlowMultibyteRead")
  private static final class NoMemory extends InputStream {
    @Override
    public int read() {
      throw new OutOfMemoryError();
    }
  }

  /** The answer of the Runtime API with these headers. */
  private static final class Next extends HttpURLConnection {

    private final String header;

    Next(String header) throws Exception {
      super(URI.create("http://127.0.0.1/next").toURL());
      this.header = header;
    }

    @Override
    public String getHeaderField(String name) {
      return switch (name) {
        case "Lambda-Runtime-Client-Context", "Lambda-Runtime-Cognito-Identity" -> header;
        case "Lambda-Runtime-Aws-Request-Id" -> "id";
        default -> null;
      };
    }

    @Override
    public void connect() {}

    @Override
    public void disconnect() {}

    @Override
    public boolean usingProxy() {
      return false;
    }
  }
}
