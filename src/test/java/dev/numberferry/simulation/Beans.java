package dev.numberferry.simulation;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The objects of one process, made by their constructors as Quarkus makes them. */
final class Beans {

  private static final Map<Class<?>, Constructor<?>> CONSTRUCTORS = new ConcurrentHashMap<>();
  private static final Properties SETTINGS = settings();

  private final Map<Class<?>, Object> made;

  /**
   * @param given what is not made here, by the types that others ask for
   */
  Beans(Map<Class<?>, Object> given) {
    this.made = new HashMap<>(given);
  }

  <T> T get(Class<T> type) {
    Object known = made.get(type);
    if (known != null) {
      return type.cast(known);
    }
    T bean = type.cast(make(type));
    made.put(type, bean);
    return bean;
  }

  private Object make(Class<?> type) {
    Constructor<?> constructor = CONSTRUCTORS.computeIfAbsent(type, Beans::constructor);
    try {
      return constructor.newInstance(
          Stream.of(constructor.getParameters()).map(this::argument).toArray());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type.getName(), e);
    }
  }

  private Object argument(Parameter parameter) {
    ConfigProperty setting = parameter.getAnnotation(ConfigProperty.class);
    return setting == null
        ? get(parameter.getType())
        : Long.valueOf(SETTINGS.getProperty(setting.name()));
  }

  private static Constructor<?> constructor(Class<?> type) {
    Constructor<?>[] all = type.getDeclaredConstructors();
    if (all.length == 0) {
      throw new AssertionError("Nobody makes a " + type.getName());
    }
    Constructor<?> one =
        Stream.of(all)
            .filter(it -> it.isAnnotationPresent(Inject.class))
            .findFirst()
            .orElse(all[0]);
    one.setAccessible(true);
    return one;
  }

  private static Properties settings() {
    Properties settings = new Properties();
    try (InputStream file = Beans.class.getResourceAsStream("/application.properties")) {
      settings.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }
}
