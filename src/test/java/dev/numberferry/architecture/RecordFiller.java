package dev.numberferry.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.numberferry.domain.PhoneNumberId;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes a record with something in every component, and one and the same text as every secret. */
final class RecordFiller {

  /** Of a form that a backup may have, and a number's id as well. */
  static final String SECRET = "1234567890123456";

  private static final String OTHER = "55555";

  private static final Map<Class<?>, Object> PLAIN =
      Map.of(
          boolean.class,
          false,
          int.class,
          0,
          long.class,
          0L,
          Instant.class,
          Instant.EPOCH,
          PhoneNumberId.class,
          new PhoneNumberId(OTHER),
          Map.class,
          Map.of(OTHER, OTHER));

  private final Predicate<RecordComponent> isSecret;

  RecordFiller(Predicate<RecordComponent> isSecret) {
    this.isSecret = isSecret;
  }

  Object fill(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components)
            .map(it -> value(it.getGenericType(), isSecret.test(it) ? SECRET : OTHER))
            .toArray();
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  private Object value(Type type, String text) {
    if (type instanceof ParameterizedType generic) {
      Object inner = value(generic.getActualTypeArguments()[0], text);
      if (generic.getRawType() == Optional.class) {
        return Optional.ofNullable(inner);
      }
      return generic.getRawType() == List.class && inner != null
          ? List.of(inner)
          : PLAIN.get(generic.getRawType());
    }
    if (!(type instanceof Class<?> raw)) {
      return null;
    }
    if (raw == String.class) {
      return text;
    }
    if (raw == JsonNode.class) {
      return TextNode.valueOf(text);
    }
    if (raw.isEnum()) {
      return raw.getEnumConstants()[0];
    }
    if (raw.isSealed()) {
      // The last kind of backup is the one that is a secret.
      Class<?>[] kinds = raw.getPermittedSubclasses();
      return value(kinds[kinds.length - 1], text);
    }
    return raw.isRecord() ? fill(raw) : PLAIN.get(raw);
  }
}
