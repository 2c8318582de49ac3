package dev.numberferry.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes no record twice: every run of a process does so again from its beginning. What
 * is no record may be changed by who has it, and is made anew.
 */
final class RememberingMapper extends ObjectMapper {

  private static final long serialVersionUID = 1L;

  /** The newest, as a long search sees many. */
  private static final class Newest<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;
    private static final int KEPT = 5_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > KEPT;
    }
  }

  private record Text(String text, Class<?> type) {}

  private final transient Map<Text, Object> read = new Newest<>();
  private final transient Map<Record, String> written = new Newest<>();

  @Override
  public <T> T readValue(String text, Class<T> type) throws JsonProcessingException {
    if (!type.isRecord()) {
      return super.readValue(text, type);
    }
    Text key = new Text(text, type);
    Object known = read.get(key);
    if (known == null) {
      known = super.readValue(text, type);
      read.put(key, known);
    }
    return type.cast(known);
  }

  @Override
  public String writeValueAsString(Object value) throws JsonProcessingException {
    if (!(value instanceof Record data)) {
      return super.writeValueAsString(value);
    }
    String known = written.get(data);
    if (known == null) {
      known = super.writeValueAsString(value);
      written.put(data, known);
    }
    return known;
  }
}
