package dev.numberferry.fleet;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.support.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What became of each row of a manifest, what needs a person first. */
final class Report {

  /** What spreadsheets run, or take for what they run; quotes around it change nothing. */
  private static final Pattern FORMULA =
      Pattern.compile(
          "[\\s\\p{Z}\\p{Cf}]*+[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*|[\\t\\r\\n].*", Pattern.DOTALL);

  private static final String[] HEADER = {
    "row", "phoneNumberId", "status", "reason", "code", "line", "time", "nextStep", "migrationId"
  };

  private record Entry(Row row, Standing standing) {}

  private final List<Entry> entries;

  /**
   * @param standings of every row's number
   */
  Report(List<Row> rows, Map<PhoneNumberId, Standing> standings) {
    entries =
        rows.stream()
            .map(it -> new Entry(it, Objects.requireNonNull(standings.get(it.number()))))
            .sorted(
                Comparator.comparing((Entry it) -> it.standing().place())
                    .thenComparing(it -> it.row().row()))
            .toList();
  }

  /** The rows whose numbers stand so, in the manifest's order. */
  List<Row> rows(Predicate<Standing> kind) {
    return entries.stream()
        .filter(it -> kind.test(it.standing()))
        .map(Entry::row)
        .sorted(Comparator.comparing(Row::row))
        .toList();
  }

  int size() {
    return entries.size();
  }

  /** How many rows stand where, but for where none does. */
  Map<String, Integer> counts() {
    Map<Standing.Place, Integer> counts = new EnumMap<>(Standing.Place.class);
    entries.forEach(it -> counts.merge(it.standing().place(), 1, Integer::sum));
    Map<String, Integer> named = new LinkedHashMap<>();
    counts.forEach((place, count) -> named.put(place.name(), count));
    return named;
  }

  int needPerson() {
    return (int) entries.stream().filter(it -> it.standing().needsPerson()).count();
  }

  /** As a file that a spreadsheet opens, and runs nothing of. */
  byte[] csv() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8)) {
      csv.writeRecord(HEADER);
      entries.forEach(it -> csv.writeRecord(cells(it).map(Report::harmless).toList()));
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written to", e);
    }
    return file.toByteArray();
  }

  private static Stream<String> cells(Entry entry) {
    Standing standing = entry.standing();
    return Stream.of(
        String.valueOf(entry.row().row()),
        entry.row().number().value(),
        standing.status(),
        standing.reason(),
        standing.code(),
        standing.line(),
        standing.at().map(Instant::toString).orElse(""),
        standing.nextStep(),
        standing.migrationId());
  }

  static String harmless(String cell) {
    return (FORMULA.matcher(cell).matches() ? "'" : "") + Texts.inOneLine(cell);
  }
}
