package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.OutcomeBuilder;
import dev.numberferry.domain.Status;
import dev.numberferry.infra.TemplateText;
import dev.numberferry.schema.OpenApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * docs/openapi.yaml, the template, the program and docs/results.md. That each answer of the tests
 * is as it says, the test base looks at.
 */
class OpenApiTest {

  private static final String MIGRATIONS = "/migrations";

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d{3}) \\|");

  @Test
  void itHasThePathsOfTheTemplate() {
    assertThat(OpenApi.methods().keySet())
        .containsExactlyInAnyOrderElementsOf(TemplateText.found("(?m)^            Path: (\\S+)$"));
  }

  @Test
  void itHasTheVersionOfTheProgram() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains(
            "\n  <version>%s</version>\n".formatted(OpenApi.json().at("/info/version").asText()));
  }

  @Test
  void itHasTheStatusesThatThePageHas() throws IOException {
    String page = Files.readString(Path.of("docs", "results.md"));
    Set<String> ofThePage =
        ROW.matcher(
                page.substring(
                    page.indexOf("## HTTP statuses"), page.indexOf("### What a GET answers")))
            .results()
            .map(it -> it.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    // It is of the methods that are not there.
    ofThePage.remove("405");

    assertThat(
            OpenApi.methods().entrySet().stream()
                .flatMap(
                    path ->
                        path.getValue().stream()
                            .flatMap(it -> OpenApi.statuses(path.getKey(), it).stream()))
                .collect(Collectors.toSet()))
        .isEqualTo(ofThePage);
  }

  @ParameterizedTest
  @EnumSource
  void itHasTheStatusOfEachResultAndNamesTheResultThere(Status status) {
    MigrationResult result =
        MigrationResultBuilder.builder()
            .outcome(OutcomeBuilder.builder().status(status).build())
            .build();
    String code = String.valueOf(HttpResponse.of(result).status());

    assertThat(
            OpenApi.json()
                .at("/paths/~1migrations/post/responses/" + code + "/description")
                .asText())
        .containsPattern("\\b" + status + "\\b");
    assertThat(OpenApi.statuses(MIGRATIONS, "POST"))
        .contains(String.valueOf(HttpResponse.unfinished(result).status()));
  }

  @Test
  void whatItRefersToIsThere() throws IOException {
    Set<String> references = new TreeSet<>(OpenApi.json().findValuesAsText("$ref"));

    assertThat(references).contains("event.schema.json");
    assertThat(references).filteredOn(it -> !isThere(it)).isEmpty();
  }

  private static boolean isThere(String reference) {
    List<String> parts = List.of(reference.split("#"));
    try {
      JsonNode file =
          parts.get(0).isEmpty()
              ? OpenApi.json()
              : new ObjectMapper().readTree(Path.of("docs", parts.get(0)).toFile());
      return parts.size() == 1 || !file.at(parts.get(1)).isMissingNode();
    } catch (IOException e) {
      return false;
    }
  }
}
