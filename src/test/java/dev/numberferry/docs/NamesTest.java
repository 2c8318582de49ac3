package dev.numberferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No page names a class, a field, a word of results or a file that is not there. What stands as
 * code in a page's text is looked up in the code, the template and the events. What others have
 * named is on one of the lists below.
 */
class NamesTest {

  private static final Names NAMES = new Names();

  /** What changed may name what is gone. */
  private static final Path CHANGES = Path.of("CHANGELOG.md");

  /** What WhatsApp's answers say, and the program hands on without knowing it. */
  private static final Set<String> OF_META =
      Set.of(
          "BANNED",
          "BUSINESS",
          "DECLINED",
          "GREEN",
          "HIGH",
          "LIMITED",
          "NA",
          "OAuthException",
          "RED",
          "YELLOW");

  /** What the pages of AWS and its commands call things that no file of ours has. */
  private static final Set<String> OF_AWS =
      Set.of(
          "AWSPREVIOUS", // Secrets Manager's label of a version
          "COMPLETED", // of a message move task
          "DataLimitExceeded", // an error of Step Functions
          "DeleteItem", // DynamoDB
          "ExitError", // how Lambda names the end of a process
          "None", // how the CLI prints nothing
          "PendingConfirmation", // in the place of a subscription's ARN
          "PutMetricData", // CloudWatch
          "UpdateItem", // DynamoDB
          "mapRun" // in an ARN of Step Functions
          );

  /** Of Java, Quarkus and Maven. */
  private static final Set<String> OF_THE_BUILD =
      Set.of(
          "DEBUG",
          "HttpURLConnection",
          "QUARKUS_LOG_LEVEL",
          "QUARKUS_REST_CLIENT_WHATSAPP_TRUST_STORE",
          "UrlConnectionHttpClient");

  /** What a page lets its reader put something in the place of. */
  private static final Set<String> OF_THE_PAGES = Set.of("QUEUE_ARN", "SUBSCRIPTION_ARN");

  private static final Set<String> OF_OTHERS =
      Stream.of(OF_META, OF_AWS, OF_THE_BUILD, OF_THE_PAGES)
          .flatMap(Set::stream)
          .collect(Collectors.toSet());

  /** Made by the build, or not in this repository on purpose. */
  private static final Set<String> NO_FILES =
      Set.of("function-x86_64.bom.json", "function-x86_64.zip", "mvnw.cmd", "target/function.zip");

  /**
   * What is no name: a command, an option, a header, a right of IAM, a place for a word, an ending.
   */
  private static final Pattern NO_NAME =
      Pattern.compile(
          "(\\./mvnw|aws|gh|sam|lines|BUILD) .*|-.*|X-.*|[a-z0-9-]+:[A-Z]\\w+|[A-Z]\\w+(-\\w+)*:"
              + " .*|.*<.*>.*|X(IT|Test)\\b.*|\\.\\w+");

  private static final Pattern WORD = Pattern.compile("(?<![\\w-])[A-Za-z]\\w*(?![\\w-])");
  private static final Pattern CAMEL = Pattern.compile("[A-Z]\\w*[a-z]\\w*");
  private static final Pattern LOWER_CAMEL = Pattern.compile("[a-z]+[a-z0-9]*[A-Z]\\w*");
  private static final Pattern UPPER = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
  private static final Pattern MEMBER = Pattern.compile("([A-Z]\\w*)\\.([a-z]\\w*)(\\(.*)?");
  private static final Pattern FILE =
      Pattern.compile(
          "[\\w./*-]+\\.(asl\\.json|bash|cmd|csv|java|json|md|mjs|properties|sh|toml|xml|yaml|zip)");

  static List<Page> pages() {
    return Page.all().stream().filter(it -> !it.path().equals(CHANGES)).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "infra/template.yaml, true",
    ".github/workflows/ci.yml, true",
    "infra/.aws-sam/build/template.yaml, false",
    "infra/.aws-sam, false",
    "src/benchmark/node_modules/some/index.js, false",
    "target/function.zip, false",
    ".idea/workspace.xml, false",
    "infra/smoke.log, false"
  })
  void whatIsOnlyLeftHereIsNoSourceOfNames(Path path, boolean isOurs) {
    assertThat(Names.isOurs(path)).isEqualTo(isOurs);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyClassThatItNamesIsThere(Page page) {
    assertThat(words(page, CAMEL)).filteredOn(it -> !NAMES.hasType(it)).isEmpty();
  }

  /** Who reads about the code is told its methods as well. */
  @ParameterizedTest
  @MethodSource("pages")
  void everyFieldThatItNamesIsThere(Page page) {
    assertThat(words(page, LOWER_CAMEL))
        .filteredOn(it -> !NAMES.hasField(it) && !(isAboutCode(page) && NAMES.hasMethod(it)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyConstantAndVariableThatItNamesIsThere(Page page) {
    assertThat(words(page, UPPER)).filteredOn(it -> !NAMES.hasConstant(it)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyMethodThatItNamesWithItsClassIsThere(Page page) {
    assertThat(page.code())
        .filteredOn(it -> MEMBER.matcher(it).matches() && !FILE.matcher(it).matches())
        .filteredOn(
            it ->
                !NAMES.hasMember(
                    MEMBER.matcher(it).replaceAll("$1"), MEMBER.matcher(it).replaceAll("$2")))
        .isEmpty();
  }

  /** But for what its own commands write. */
  @ParameterizedTest
  @MethodSource("pages")
  void everyFileThatItNamesIsThere(Page page) {
    String commands =
        Page.all().stream()
            .flatMap(it -> it.blocks().stream())
            .map(Page.Block::text)
            .collect(Collectors.joining("\n"));

    assertThat(page.code())
        .filteredOn(it -> !NO_FILES.contains(it) && isFile(it, page))
        .filteredOn(it -> !isThere(it, page))
        .filteredOn(it -> it.contains("/") || !commands.contains(it))
        .isEmpty();
  }

  private static boolean isFile(String code, Page page) {
    if (NO_NAME.matcher(code).matches()) {
      return false;
    }
    if (!code.contains("/")) {
      return FILE.matcher(code).matches();
    }
    return code.matches("[\\w.*-]+/[\\w./*-]*")
        && (NAMES.hasFile(firstFolder(code)) || (isAboutCode(page) && isRoom(firstFolder(code))));
  }

  private static boolean isThere(String path, Page page) {
    String whole = path.replaceFirst("/$", "");
    return NAMES.hasFile(whole)
        || (!path.contains("/") && NAMES.hasFileNamed(path))
        || (isAboutCode(page)
            && Stream.of("main", "test")
                .map(it -> "src/%s/java/dev/numberferry/%s".formatted(it, whole))
                .anyMatch(it -> NAMES.hasFile(it) || NAMES.hasFile(it + ".java")));
  }

  private static boolean isRoom(String folder) {
    return Stream.of("main", "test")
        .anyMatch(it -> NAMES.hasFile("src/%s/java/dev/numberferry/%s".formatted(it, folder)));
  }

  private static String firstFolder(String path) {
    return path.substring(0, path.indexOf('/'));
  }

  private static boolean isAboutCode(Page page) {
    return page.path().startsWith("CONTRIBUTING.md")
        || page.path().startsWith("docs/decisions")
        || page.path().endsWith("design.md");
  }

  /** The words of such a form in what stands as code. */
  private static List<String> words(Page page, Pattern form) {
    return page.code().stream()
        .filter(it -> !NO_NAME.matcher(it).matches() && !FILE.matcher(it).matches())
        .flatMap(it -> WORD.matcher(it).results())
        .map(it -> it.group())
        .filter(it -> it.length() > 1 && form.matcher(it).matches() && !OF_OTHERS.contains(it))
        .distinct()
        .toList();
  }
}
