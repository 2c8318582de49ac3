package dev.numberferry.simulation;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The objects of one process, made by their constructors as Quarkus makes them. */
final class Beans {

  /**
   * How one is made.
   *
   * @param arguments the types of what it asks for, or a setting
   */
  private record Recipe(Constructor<?> constructor, List<Object> arguments) {}

  private static final Map<Class<?>, Recipe> RECIPES = new ConcurrentHashMap<>();
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
    Recipe recipe = RECIPES.computeIfAbsent(type, Beans::recipe);
    try {
      return recipe
          .constructor()
          .newInstance(
              recipe.arguments().stream()
                  .map(it -> it instanceof Class<?> other ? get(other) : it)
                  .toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  private static Recipe recipe(Class<?> type) {
    Constructor<?> constructor = constructor(type);
    return new Recipe(
        constructor, Stream.of(constructor.getParameters()).map(Beans::argument).toList());
  }

  private static Object argument(Parameter parameter) {
    ConfigProperty setting = parameter.getAnnotation(ConfigProperty.class);
    return setting == null
        ? parameter.getType()
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
