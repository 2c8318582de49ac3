package dev.numberferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the pages promise to who reads them: links that lead somewhere, and a front page that ends.
 */
class PagesTest {

  private static final Path FRONT = Path.of("README.md");

  /** As code, template and scripts name a page. */
  private static final Pattern NAMED = Pattern.compile("\\bdocs/[a-z0-9/-]+\\.md(#[a-z0-9_-]+)?");

  /** About two lines where the page is read. */
  private static final int LONGEST_CELL = 200;

  static List<Page> pages() {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatItLinksToIsThere(Page page) {
    assertThat(page.links())
        .filteredOn(it -> !URI.create(it).isAbsolute())
        .filteredOn(it -> !leadsSomewhere(page.path(), it))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noCellIsLongerThanTwoLines(Page page) {
    assertThat(page.cells()).filteredOn(it -> it.length() > LONGEST_CELL).isEmpty();
  }

  @Test
  void theFrontPageIsReadInTenMinutes() {
    assertThat(Page.linesOf(FRONT)).hasSizeLessThanOrEqualTo(130);
  }

  @Test
  void theFrontPageLeadsToEveryOther() {
    List<String> links = Page.read(FRONT).links();

    assertThat(pages())
        .extracting(Page::path)
        .filteredOn(it -> !it.equals(FRONT) && !it.startsWith("docs/decisions"))
        .filteredOn(it -> !links.contains(it.toString()))
        .isEmpty();
  }

  @Test
  void whatCodeTemplateAndScriptsNameIsThere() throws IOException {
    try (Stream<Path> code = Files.walk(Path.of("src", "main"));
        Stream<Path> infra = Files.walk(Path.of("infra"))) {
      List<String> named =
          Stream.concat(code, infra)
              .filter(Files::isRegularFile)
              .flatMap(it -> NAMED.matcher(String.join("\n", Page.linesOf(it))).results())
              .map(it -> it.group())
              .distinct()
              .toList();

      assertThat(named).isNotEmpty().filteredOn(it -> !leadsSomewhere(FRONT, it)).isEmpty();
    }
  }

  private static boolean leadsSomewhere(Path from, String link) {
    URI target = URI.create(link);
    Path folder = Optional.ofNullable(from.getParent()).orElse(Path.of(""));
    Path path = target.getPath().isEmpty() ? from : folder.resolve(target.getPath()).normalize();
    return Files.exists(path)
        && (target.getFragment() == null
            || Page.read(path).anchors().contains(target.getFragment()));
  }
}
