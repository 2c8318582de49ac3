package dev.numberferry.fleet;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.Findings;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Trigger;
import dev.numberferry.event.FleetOrder;
import dev.numberferry.event.MigrationEvent;
import dev.numberferry.fleet.Sheet.Line;
import dev.numberferry.support.Texts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a manifest. One bad row refuses all: it is better known before the first call. */
@ApplicationScoped
class ManifestReader {

  /** As spreadsheets write a long number anew. */
  private static final Pattern SCIENTIFIC = Pattern.compile("(?i)[0-9]+(?:[.,][0-9]+)?E\\+?[0-9]+");

  /** The same, with a fraction or with its thousands apart. */
  private static final Pattern FORMATTED =
      Pattern.compile("[0-9]+[.,][0-9]+|[0-9]{1,3}(?:[.,'\u2019\\s\\p{Z}][0-9]{3}){2,}");

  private static final Pattern IDS = Pattern.compile("(?<![0-9])[0-9]{5,20}(?![0-9])");

  private static final Pattern NO_KEY = Pattern.compile("(?i)/.*|(?:s3|https?|arn):.*");

  private static final String AS_TEXT =
      "Format the column as text, and put in again what WhatsApp Manager shows.";

  private static final String SHIFTED = "See whether the column is shifted against the others.";

  private final FerryConfig config;

  ManifestReader(FerryConfig config) {
    this.config = config;
  }

  /**
   * A manifest that nobody has read before.
   *
   * @throws InvalidInputException with what is wrong, the row and the cure, up to 20 times
   */
  List<Row> read(byte[] file) {
    return read(file, config.backupPrefix().orElse(""), config.secretPrefix());
  }

  /** One that was read before, perhaps by a stack whose prefixes were others than now. */
  List<Row> readAgain(byte[] file) {
    return read(file, "", "");
  }

  private List<Row> read(byte[] file, String backupPrefix, String secretPrefix) {
    List<Line> lines = lines(file);
    Map<Column, Integer> places = Column.places(lines.get(0).cells());
    if (lines.size() == 1) {
      throw new InvalidInputException(
          "the manifest", "has no row but its header", "Put in a row for each number.");
    }
    Problems problems = new Problems();
    List<Row> rows = new ArrayList<>();
    for (Line line : lines.subList(1, lines.size())) {
      try {
        Cells cells = new Cells(line, places, lines.get(0).cells().size());
        rows.add(row(cells, backupPrefix, secretPrefix));
      } catch (InvalidInputException e) {
        e.findings().forEach(it -> problems.add(line.row(), inManifest(it)));
      }
    }
    compare(rows, problems);
    problems.throwIfAny();
    return rows;
  }

  /** As the manifest calls a field of an event. */
  private static Finding inManifest(Finding found) {
    return found.field().equals("backup.key")
        ? Finding.error(Column.BACKUP_KEY.title(), found.problem(), found.cure())
        : found;
  }

  private static List<Line> lines(byte[] file) {
    List<Line> lines = Sheet.read(file, FleetOrder.MOST_ROWS + 2);
    if (lines.isEmpty()) {
      throw new InvalidInputException("the manifest", "is empty", "Upload it again.");
    }
    if (lines.size() > FleetOrder.MOST_ROWS + 1) {
      throw new InvalidInputException(
          "the manifest",
          "has more than %d rows".formatted(FleetOrder.MOST_ROWS),
          "Split it: each part is a run of its own, and the ledger is one.");
    }
    return lines;
  }

  /**
   * @throws InvalidInputException with all that is wrong with it
   */
  private Row row(Cells cells, String backupPrefix, String secretPrefix) {
    cells.check();
    Findings found = new Findings();
    Optional<PhoneNumberId> number = found.read(() -> number(cells.of(Column.NUMBER)));
    Optional<String> key = found.read(() -> key(cells.of(Column.BACKUP_KEY), backupPrefix));
    Optional<String> secret =
        cells.of(Column.SECRET_ID).flatMap(it -> found.read(() -> secret(it, secretPrefix)));
    Optional<String> expected =
        cells.of(Column.EXPECTED_NUMBER).flatMap(it -> found.read(() -> expected(it)));
    found.throwIfAny();
    Row row =
        new Row(cells.line().row(), number.orElseThrow(), key.orElseThrow(), secret, expected);
    // Whatever migrate would not take.
    MigrationEvent.read(row.event(bucket(), true), Delivery.of(Trigger.DIRECT));
    return row;
  }

  private static PhoneNumberId number(Optional<String> cell) {
    cell.filter(it -> FORMATTED.matcher(it).matches())
        .ifPresent(
            it -> {
              throw rewritten(Column.NUMBER);
            });
    return new PhoneNumberId(cell.map(it -> asTyped(Column.NUMBER, it)).orElse(null));
  }

  private static String expected(String cell) {
    return asTyped(Column.EXPECTED_NUMBER, cell);
  }

  private static String asTyped(Column column, String cell) {
    if (SCIENTIFIC.matcher(cell).matches()) {
      throw rewritten(column);
    }
    if (cell.startsWith("'")) {
      throw new InvalidInputException(
          column.title(), "begins with an apostrophe", "Remove it: a text needs none in CSV.");
    }
    return cell;
  }

  private static InvalidInputException rewritten(Column column) {
    return new InvalidInputException(
        column.title(), "was written anew as a number by a spreadsheet", AS_TEXT);
  }

  private static String key(Optional<String> cell, String prefix) {
    String field = Column.BACKUP_KEY.title();
    String key =
        cell.orElseThrow(
            () ->
                new InvalidInputException(
                    field, "is missing", "Give the key of the backup's object."));
    if (Texts.hasInvisible(key)) {
      throw new InvalidInputException(
          field, "has a character in it that nobody sees", "Give it as S3 shows it, in one line.");
    }
    if (NO_KEY.matcher(key).matches()) {
      throw new InvalidInputException(
          field,
          "is no key",
          "Give the key of the object alone, without its bucket and without a / before it.");
    }
    if (!key.startsWith(prefix)) {
      throw new InvalidInputException(
          field,
          "does not begin with " + prefix,
          "Put the backup where FERRY_BACKUP_PREFIX says: no function can read it elsewhere.");
    }
    return key;
  }

  private static String secret(String cell, String prefix) {
    if (!cell.startsWith(prefix)) {
      throw new InvalidInputException(
          Column.SECRET_ID.title(),
          "does not begin with " + prefix,
          "Give the secret a name that begins so: no function can read another.");
    }
    return cell;
  }

  /** What no row shows by itself. */
  private static void compare(List<Row> rows, Problems problems) {
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, Integer> keys = new HashMap<>();
    for (Row row : rows) {
      twice(row, Column.NUMBER, numbers.putIfAbsent(row.number().value(), row.row()), problems);
      twice(row, Column.BACKUP_KEY, keys.putIfAbsent(row.backupKey(), row.row()), problems);
    }
    for (Row row : rows) {
      another(row, Column.BACKUP_KEY, row.backupKey(), numbers, problems);
      row.secretId().ifPresent(it -> another(row, Column.SECRET_ID, it, numbers, problems));
    }
  }

  private static void twice(Row row, Column column, @Nullable Integer before, Problems problems) {
    if (before != null) {
      problems.add(
          row.row(),
          Finding.error(
              column.title(), "stands in row " + before + " as well", "Remove one of the two."));
    }
  }

  private static void another(
      Row row, Column column, String cell, Map<String, Integer> numbers, Problems problems) {
    IDS.matcher(cell)
        .results()
        .map(MatchResult::group)
        .filter(it -> !it.equals(row.number().value()))
        .map(numbers::get)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            it ->
                problems.add(
                    row.row(),
                    Finding.error(column.title(), "has the id of row " + it + " in it", SHIFTED)));
  }

  private String bucket() {
    return config.backupBucket().orElse(FerryConfig.NOT_SET);
  }

  /**
   * The cells of a row by their columns.
   *
   * @param header how many cells the header has
   */
  private record Cells(Line line, Map<Column, Integer> places, int header) {

    /**
     * @throws InvalidInputException if it has others than the header
     */
    void check() {
      List<String> cells = line.cells();
      // A spreadsheet that has seen more columns once writes a header with empty cells at its end.
      int width = Collections.max(places.values()) + 1;
      if (cells.size() < width || cells.stream().skip(header).anyMatch(it -> !it.isEmpty())) {
        throw new InvalidInputException(
            "the row",
            "has %d cells, and the header %d".formatted(cells.size(), header),
            "Put a cell under each name of the header, and quotes around one with a separator in"
                + " it.");
      }
      for (int i = 0; i < cells.size(); i++) {
        if (!cells.get(i).isEmpty() && !places.containsValue(i)) {
          throw new InvalidInputException(
              "the row", "has a cell under no name", "Name its column, or empty it.");
        }
      }
    }

    /** Nothing where it is empty. */
    Optional<String> of(Column column) {
      return Optional.ofNullable(places.get(column))
          .map(line.cells()::get)
          .filter(it -> !it.isEmpty());
    }
  }
}
