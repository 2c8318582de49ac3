package dev.numberferry.binary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What a native build leaves in target, for whoever deploys or releases it. */
class PackageIT {

  private static final Path TARGET = Path.of("target");
  private static final Path BINARY = Path.of(System.getProperty("native.image.path"));

  /** Of the class path, the jar that Quarkus never packs: it starts programs in an IDE. */
  private static final String NOT_PACKED = "io.quarkus.quarkus-ide-launcher-";

  @Test
  void oneZipAndNoTemplateThatIsNotOurs() throws IOException {
    assertThat(names(TARGET))
        .filteredOn(it -> it.matches(".*\\.(zip|yaml|yml|sh)"))
        .containsExactly("function.zip");
  }

  @Test
  void theBinaryKnowsNothingOfADevelopersStandIns() throws IOException {
    String binary = Files.readString(BINARY, ISO_8859_1);

    // No assertion on the text itself: a failure would print all of it.
    assertThat(binary.contains(whatsApp("application.properties"))).isTrue();
    assertThat(binary.contains(whatsApp("application-dev.properties"))).isFalse();
  }

  @Test
  @DisabledIfSystemProperty(
      named = "maven.offline",
      matches = "is true",
      disabledReason = "Maven makes no target/bom.json with -o")
  void theBillOfMaterialsHasEveryLibraryOfTheBinaryAndNoOther() throws IOException {
    JsonNode bom = new ObjectMapper().readTree(TARGET.resolve("bom.json").toFile());

    assertThat(components(bom))
        .filteredOn(it -> !it.startsWith(NOT_PACKED))
        .containsExactlyInAnyOrderElementsOf(libraries());
  }

  private static List<String> components(JsonNode bom) {
    return StreamSupport.stream(bom.path("components").spliterator(), false)
        .map(
            it ->
                "%s.%s-%s.jar"
                    .formatted(
                        it.path("group").asText(),
                        it.path("name").asText(),
                        it.path("version").asText()))
        .toList();
  }

  /** What the native build read; Quarkus marks those of which it has left out classes. */
  private static List<String> libraries() throws IOException {
    return names(
            Path.of(BINARY.toString().replaceFirst("-runner$", "-native-image-source-jar"), "lib"))
        .stream()
        .map(it -> it.replaceFirst("^modified-", ""))
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  private static String whatsApp(String settings) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources", settings))) {
      properties.load(reader);
    }
    return properties.getProperty("quarkus.rest-client.whatsapp.url");
  }
}
