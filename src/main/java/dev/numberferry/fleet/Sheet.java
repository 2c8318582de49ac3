package dev.numberferry.fleet;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.support.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A sheet as spreadsheets and editors save it: the rows that have something in them. */
final class Sheet {

  private static final String SAVE_AGAIN = "Save it as CSV in UTF-8.";

  /** Excel's own first line, which it does not show; a long one is looked through once. */
  private static final Pattern SEPARATOR =
      Pattern.compile("\"?sep=([^\\r\\n ]*?)\"? *+(?:\\r\\n?|\\n|$)", Pattern.CASE_INSENSITIVE);

  private static final Set<String> SEPARATORS = Set.of(",", ";", "\t", "|");

  private static final Pattern LINE_END = Pattern.compile("[\\r\\n]");

  /**
   * One row.
   *
   * @param row where it stands, as a spreadsheet counts
   * @param cells without what nobody sees around them
   */
  record Line(int row, List<String> cells) {}

  private Sheet() {}

  /**
   * Its rows, with a comma, a semicolon or a tab between their cells, or what its own first line
   * says.
   *
   * @param most so many are looked at
   * @throws InvalidInputException if the file is no sheet
   */
  static List<Line> read(byte[] file, int most) {
    String text = Texts.decodeStrictly(file).orElseThrow(() -> unusable("is no text in UTF-8"));
    if (Texts.isGarbled(text)) {
      throw unusable("was written in another encoding than it says");
    }
    text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    Matcher own = SEPARATOR.matcher(text);
    return own.lookingAt()
        ? lines(text.substring(own.end()), named(own.group(1)), most)
        : lines(text, separator(text), most);
  }

  /** Any other character may be one of a name or of a cell. */
  private static String named(String separator) {
    if (!SEPARATORS.contains(separator)) {
      throw new InvalidInputException(
          "line 1 of the manifest",
          "has a separator that is not accepted",
          "Write a comma, a semicolon, a tab or a bar behind sep=, or remove the line.");
    }
    return separator;
  }

  /** Names of columns have none of these in them. */
  private static String separator(String text) {
    String header =
        LINE_END.splitAsStream(text).filter(it -> !Texts.isBlank(it)).findFirst().orElse("");
    return Stream.of(",", ";", "\t")
        .max(Comparator.comparingInt(it -> header.split(Pattern.quote(it), -1).length))
        .orElseThrow();
  }

  private static List<Line> lines(String text, String separator, int most) {
    List<Line> lines = new ArrayList<>();
    int row = 0;
    try (CsvReader<CsvRecord> csv = csv(text, separator)) {
      for (CsvRecord record : csv) {
        row++;
        List<String> cells = record.getFields().stream().map(Texts::trimmed).toList();
        if (cells.stream().anyMatch(it -> !it.isEmpty())) {
          lines.add(new Line(row, cells));
        }
        if (lines.size() == most) {
          break;
        }
      }
    } catch (CsvParseException e) {
      throw new InvalidInputException(
          "row %d of the manifest".formatted(row + 1),
          "has a quote that does not end where its cell does, or too many cells",
          "Write a quote inside of quotes twice, or leave quotes out; and no more cells than the"
              + " header has.");
    } catch (IOException e) {
      throw new IllegalStateException("a text can be read to its end", e);
    }
    return lines;
  }

  /** How many cells a row has is looked at later, with what is wrong beside that. */
  private static CsvReader<CsvRecord> csv(String text, String separator) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .skipEmptyLines(false)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(false)
        .ofCsvRecord(text);
  }

  private static InvalidInputException unusable(String problem) {
    return new InvalidInputException("the manifest", problem, SAVE_AGAIN);
  }
}
