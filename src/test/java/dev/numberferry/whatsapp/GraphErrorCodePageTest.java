package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.Outcome;
import dev.numberferry.infra.Runbook;
import dev.numberferry.whatsapp.GraphErrorCode.Effect;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/runbook.md is {@link GraphErrorCode} in words: each of its rows is read as an
 * error, and says what comes of that.
 */
class GraphErrorCodePageTest {

  private static final int UNHEARD_OF = 424242;
  private static final Pattern CODES = Pattern.compile("`(\\d+)`(?:–`(\\d+)`)?");
  private static final Pattern QUOTED = Pattern.compile("\"(.+)\"|.*`(\\w+)`.*");

  /** Where Meta's codes are, and some around them. */
  private static final List<Integer> CANDIDATES =
      Stream.of(
              IntStream.range(0, 3_000),
              IntStream.range(79_900, 80_100),
              IntStream.range(130_000, 137_000))
          .flatMap(IntStream::boxed)
          .toList();

  private static final List<Row> ROWS =
      Runbook.rows("WhatsApp's codes").stream().map(Row::of).toList();

  /** A word says more of a code that is known already: so these, and their neighbours. */
  private static final List<Integer> BESIDE_A_WORD =
      Stream.concat(ROWS.stream().flatMap(it -> it.codes().stream()), Stream.of(UNHEARD_OF))
          .flatMap(it -> Stream.of(it - 1, it, it + 1))
          .distinct()
          .toList();

  /**
   * A row of the table.
   *
   * @param codeCell its first column as it stands
   * @param codes the codes in it
   * @param alone those of them that need no word of the second column
   * @param words what else an error has to say, one of these
   */
  private record Row(
      String codeCell,
      Set<Integer> codes,
      Set<Integer> alone,
      GraphError.Call call,
      List<String> words,
      String line,
      String then) {

    static Row of(List<String> cells) {
      String says = cells.get(1).replaceFirst("^look: ?", "");
      String own = cells.get(0).replaceFirst("^[^;]*$|;.*", "");
      return new Row(
          cells.get(0),
          codesIn(cells.get(0)),
          codesIn(says.isEmpty() ? cells.get(0) : own),
          cells.get(1).startsWith("look:") ? GraphError.Call.LOOK : GraphError.Call.REGISTER,
          says.isEmpty() ? List.of("") : List.of(says.split("; or ")),
          cells.get(2),
          cells.get(4).replace("`", ""));
    }

    boolean isAny() {
      return codeCell.startsWith("any");
    }

    /** The errors that it is about. */
    Stream<GraphError> errors() {
      Set<Integer> shown = isAny() ? Set.of(UNHEARD_OF) : codes;
      return Stream.concat(
          alone.stream().flatMap(code -> withWord(call, "").map(it -> coded(it, code))),
          words.stream()
              .flatMap(word -> withWord(call, word))
              .flatMap(it -> shown.stream().map(code -> coded(it, code))));
    }

    GraphErrorCode meaning() {
      return GraphErrorCode.of(errors().findFirst().orElseThrow());
    }

    boolean has(int code, String word) {
      return isAny() || (word.isEmpty() ? alone : codes).contains(code);
    }
  }

  @Test
  void everyLineOfTheEnumHasOneRow() {
    assertThat(ROWS)
        .extracting(Row::meaning)
        .containsExactlyElementsOf(Arrays.asList(GraphErrorCode.values()));
  }

  @Test
  void everyErrorOfARowIsThatLine() {
    assertThat(ROWS)
        .allSatisfy(
            row ->
                assertThat(row.errors())
                    .allSatisfy(it -> assertThat(GraphErrorCode.of(it)).isEqualTo(row.meaning())));
  }

  @Test
  void everyCodeThatIsKnownStandsInItsRow() {
    Map<GraphErrorCode, Row> rows =
        ROWS.stream().collect(Collectors.toMap(Row::meaning, Function.identity()));
    List<String> words = ROWS.stream().flatMap(it -> it.words().stream()).distinct().toList();

    for (String word : words) {
      assertThat(
              Stream.of(GraphError.Call.values())
                  .flatMap(call -> withWord(call, word))
                  .flatMap(it -> candidates(word).stream().map(code -> coded(it, code)))
                  .filter(it -> !rows.get(GraphErrorCode.of(it)).has(it.shown().code(), word)))
          .as(word)
          .isEmpty();
    }
  }

  private static List<Integer> candidates(String word) {
    return word.isEmpty() ? CANDIDATES : BESIDE_A_WORD;
  }

  @Test
  void everyRowSaysWhatBecameOfTheLine() {
    assertThat(ROWS)
        .allSatisfy(
            row ->
                assertThat(row.errors().map(GraphErrorCodePageTest::line))
                    .as(row.codeCell())
                    .containsOnly(row.line()));
  }

  @Test
  void everyRowSaysHowTheEventGoesOn() {
    assertThat(ROWS)
        .allSatisfy(
            row -> {
              String step = row.meaning().nextStep(row.errors().findFirst().orElseThrow(), true);
              assertThat(then(row, step)).as(row.codeCell()).isEqualTo(row.then());
            });
  }

  /** The last row is for what nobody has heard of. */
  @Test
  void theLastRowIsForAnyOther() {
    assertThat(ROWS.get(ROWS.size() - 1).codeCell()).isEqualTo("any other");
  }

  /** What a call that ended so has done, in the words of the page. */
  private static String line(GraphError error) {
    if (error.call() == GraphError.Call.LOOK) {
      return "as before the call";
    }
    boolean unknown = GraphErrorCode.of(error).effect() == Effect.UNKNOWN;
    Outcome outcome =
        unknown ? Outcome.unknown(error.shown(), "") : Outcome.rejected(error.shown(), "");
    return outcome
        .harmDone()
        .map(
            harm ->
                switch (harm) {
                  case LINE_DOWN ->
                      error.shown().hasCode(Harm.ACCOUNT_LOCKED) ? "probably down" : "down";
                  case UNCLEAR -> "unknown";
                })
        .orElse("as before the call");
  }

  private static String then(Row row, String step) {
    if (row.call() == GraphError.Call.REGISTER && row.meaning().effect() == Effect.UNKNOWN) {
      return "with a retry, once sure that it has not moved";
    }
    return Stream.of(
            "again, with a retry if nothing else in it changed",
            "again, with a retry if the token is one for many numbers",
            "with a retry",
            "again")
        .filter(it -> step.endsWith(" " + it + "."))
        .findFirst()
        .orElse(
            step.contains("without the retry") || step.contains("a new attempt")
                ? "without a retry"
                : "not again");
  }

  private static Set<Integer> codesIn(String cell) {
    return CODES
        .matcher(cell)
        .results()
        .flatMap(
            it -> {
              int first = Integer.parseInt(it.group(1));
              int last = it.group(2) == null ? first : Integer.parseInt(it.group(2));
              return IntStream.rangeClosed(first, last).boxed();
            })
        .collect(Collectors.toSet());
  }

  private static GraphError coded(GraphError error, int code) {
    return new GraphError(
        error.call(),
        ErrorDetailsBuilder.builder(error.shown()).code(code).build(),
        error.text(),
        error.passing(),
        error.blamed());
  }

  /** Errors that say what one alternative of the second column has. */
  private static Stream<GraphError> withWord(GraphError.Call call, String word) {
    if (word.startsWith("subcode ")) {
      return codesIn(word).stream().map(it -> read(call, 400, json().put("error_subcode", it)));
    }
    String value = QUOTED.matcher(word).replaceAll("$1$2");
    ObjectNode json = json();
    if (word.startsWith("HTTP ")) {
      return Stream.of(read(call, Integer.parseInt(value), json));
    }
    if (word.startsWith("type ")) {
      json.put("type", value);
    } else if (word.startsWith("blames ")) {
      json.putObject("error_data").putArray("blame_field_specs").addArray().add(value);
    } else if (!word.isEmpty()) {
      assertThat(word).startsWith("\"").endsWith("\"");
      json.put("message", value);
    }
    return Stream.of(read(call, 400, json));
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", UNHEARD_OF)
        .put("type", "OAuthException")
        .put("message", "-");
  }

  private static GraphError read(GraphError.Call call, int status, ObjectNode error) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("error", error);
    return GraphErrorParser.read(call, status, json, new SecretMasker(Stream.of())).orElseThrow();
  }
}
