package dev.numberferry.support;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.numberferry.domain.BrakeMessage;
import dev.numberferry.domain.MigrationResult;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;

/**
 * Bounds results and messages of the brake, wherever they are written: SNS refuses what is too
 * large, and DynamoDB too, for ever. As it is done to their JSON, the topic, the ledger and whoever
 * invoked the function get the same.
 */
@Singleton
class BoundedResults implements ObjectMapperCustomizer {

  /**
   * So many bytes of JSON. SNS takes 256 KB with a message's attributes; the ledger keeps room for
   * two results beside what it has of a number. Source: SNS's page on quotas.
   */
  private static final Map<Class<?>, Integer> MOST =
      Map.of(MigrationResult.class, 40_000, BrakeMessage.class, 250_000);

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.registerModule(
        new SimpleModule("bounded results").setSerializerModifier(new BoundingModifier()));
  }

  private static final class BoundingModifier extends BeanSerializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
      Integer most = MOST.get(bean.getBeanClass());
      return most == null ? serializer : new Bounded(serializer, most);
    }
  }

  private static final class Bounded extends StdSerializer<Object> implements ResolvableSerializer {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper TREES = new ObjectMapper();

    private final transient JsonSerializer<Object> whole;
    private final int most;

    @SuppressWarnings("unchecked")
    Bounded(JsonSerializer<?> whole, int most) {
      super(Object.class);
      this.whole = (JsonSerializer<Object>) whole;
      this.most = most;
    }

    @Override
    public void resolve(SerializerProvider provider) throws JsonMappingException {
      if (whole instanceof ResolvableSerializer resolvable) {
        resolvable.resolve(provider);
      }
    }

    @Override
    public void serialize(Object result, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      try (TokenBuffer written = new TokenBuffer(TREES, false)) {
        whole.serialize(result, written, provider);
        ObjectNode tree = TREES.readTree(written.asParser());
        CutTexts.within(tree, most).serialize(json, provider);
      }
    }
  }
}
