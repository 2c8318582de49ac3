package dev.numberferry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.ledger.NumberHistory;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jackson finds everything on the JVM, and in the native binary only what is registered: what is
 * missing there is left out or fails, and no test on the JVM would notice.
 */
class NativeReflectionTest {

  private static final Set<Class<?>> REGISTERED =
      MainClasses.loaded()
          .filter(type -> type.isAnnotationPresent(RegisterForReflection.class))
          .flatMap(NativeReflectionTest::registeredBy)
          .collect(Collectors.toSet());

  @Test
  void theLedgerTheTopicAndTheApiReachWhatTheyReadAndWrite() {
    assertThat(REGISTERED)
        .contains(
            MigrationResult.class,
            NumberHistory.class,
            MainClasses.named("ledger.LedgerItem$Content").reflect());
  }

  @ParameterizedTest
  @MethodSource("registered")
  void whatARegisteredClassHoldsIsRegisteredToo(Class<?> type) {
    assertThat(REGISTERED).containsAll(reachableFrom(type, new HashSet<>()));
  }

  static Stream<Class<?>> registered() {
    return REGISTERED.stream();
  }

  /** The binary finds services by their file, a line each, and makes them by reflection. */
  @Test
  void whatIsFoundAsAServiceIsInTheBinary() throws IOException {
    Path resources = Path.of("src", "main", "resources");
    List<String> included = included(resources.resolve("application.properties"));
    try (Stream<Path> services = Files.list(resources.resolve(Path.of("META-INF", "services")))) {
      for (Path service : services.toList()) {
        assertThat(included).contains(resources.relativize(service).toString());
        assertThat(REGISTERED).extracting(Class::getName).containsAll(Files.readAllLines(service));
      }
    }
  }

  @Test
  void whatIsIncludedInTheBinaryIsAList(@TempDir Path folder) throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("application.properties"),
            "quarkus.native.resources.includes=a/b,META-INF/services/c.D , e\n");

    assertThat(included(settings)).containsExactly("a/b", "META-INF/services/c.D", "e");
  }

  private static List<String> included(Path settings) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(settings)) {
      properties.load(reader);
    }
    return List.of(
        properties.getProperty("quarkus.native.resources.includes").strip().split("\\s*,\\s*"));
  }

  @Test
  void itWalksThroughListsArraysAndNestedRecords() {
    assertThat(reachableFrom(Outer.class, new HashSet<>()))
        .containsExactlyInAnyOrder(
            Outer.class, InList.class, InArray.class, InWildcard.class, Deep.class, Kind.class);
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Outer(
      List<InList> list, InArray[] array, Map<String, Optional<? extends InWildcard>> map) {}

  record InList(Deep deep) {}

  @SuppressWarnings("ArrayRecordComponent")
  record InArray(int[] numbers) {}

  record InWildcard(Outer back) {}

  record Deep(Kind kind, String text) {}

  enum Kind {
    ONE
  }

  private static Stream<Class<?>> registeredBy(Class<?> annotated) {
    var targets = annotated.getAnnotation(RegisterForReflection.class).targets();
    return targets.length == 0 ? Stream.of(annotated) : Arrays.stream(targets);
  }

  private static Set<Class<?>> reachableFrom(Type type, Set<Class<?>> found) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(it -> reachableFrom(it, found));
      reachableFrom(generic.getRawType(), found);
    } else if (type instanceof WildcardType wildcard) {
      Stream.of(wildcard.getUpperBounds()).forEach(it -> reachableFrom(it, found));
    } else if (type instanceof GenericArrayType array) {
      reachableFrom(array.getGenericComponentType(), found);
    } else if (type instanceof Class<?> raw && raw.isArray()) {
      reachableFrom(raw.getComponentType(), found);
    } else if (type instanceof Class<?> raw
        && raw.getName().startsWith(MainClasses.ROOT)
        && found.add(raw)) {
      Stream.ofNullable(raw.getRecordComponents())
          .flatMap(Stream::of)
          .filter(it -> !it.getAccessor().isAnnotationPresent(JsonIgnore.class))
          .map(RecordComponent::getGenericType)
          .forEach(it -> reachableFrom(it, found));
      Stream.ofNullable(raw.getPermittedSubclasses())
          .flatMap(Stream::of)
          .forEach(it -> reachableFrom(it, found));
    }
    return found;
  }
}
