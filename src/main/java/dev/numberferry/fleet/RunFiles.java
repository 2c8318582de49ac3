package dev.numberferry.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.FerryConfig;
import dev.numberferry.bucket.FleetBucket;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.event.FleetOrder;
import dev.numberferry.event.FleetOrder.Stage;
import dev.numberferry.support.PlainJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run leaves in the fleet's bucket. All but its reports is written once, and stays as it is:
 * whoever does a step again finds what was decided, and decides nothing anew.
 */
@ApplicationScoped
class RunFiles {

  /** Of 2,000 rows that are some hundred characters long each. */
  private static final int LARGEST_MANIFEST = 2_000_000;

  /** A list of as many rows, of which each has the longest key that there can be. */
  private static final int LARGEST_LIST = 8_000_000;

  private static final String JSON = "application/json";
  private static final String CSV = "text/csv; charset=utf-8";

  private final FerryConfig config;
  private final FleetBucket bucket;
  private final ObjectMapper json;

  RunFiles(FerryConfig config, FleetBucket bucket, ObjectMapper json) {
    this.config = config;
    this.bucket = bucket;
    this.json = json;
  }

  /**
   * What was decided when a stage had ended, or before the first.
   *
   * @param at when that was, by the clock of the machine
   */
  @RegisterForReflection
  record Decision(FleetOrder order, Instant at, FleetAnswer answer) {}

  /**
   * A manifest as it lies there now.
   *
   * @throws InvalidInputException if there is none, or it is too large
   */
  byte[] manifest(String key) {
    return bucket
        .read(key, LARGEST_MANIFEST)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "order.manifest",
                    "names no object: " + bucket.reference(key),
                    "Upload the manifest there, or correct the key."));
  }

  /** The run's own copy of its manifest: this, or what was kept before. */
  byte[] keepManifest(String run, byte[] file) {
    return bucket.keep(copy(run), file, CSV);
  }

  /** The copy; nothing where there is no such run. */
  Optional<byte[]> keptManifest(String run) {
    return bucket.read(copy(run), LARGEST_MANIFEST);
  }

  /**
   * Keeps the list of a stage.
   *
   * @return the numbers in the list as it stands
   */
  Set<PhoneNumberId> keepList(String run, Stage stage, List<Row> rows) {
    String backups = config.backupBucket().orElse(FerryConfig.NOT_SET);
    byte[] list =
        PlainJson.write(
                json, rows.stream().map(it -> it.event(backups, stage == Stage.DRY_RUN)).toList())
            .getBytes(StandardCharsets.UTF_8);
    return numbers(bucket.keep(listKey(run, stage), list, JSON), listKey(run, stage));
  }

  /** The numbers in the list of a stage; none where it has none. */
  Set<PhoneNumberId> list(String run, Stage stage) {
    String key = listKey(run, stage);
    return bucket.read(key, LARGEST_LIST).map(it -> numbers(it, key)).orElse(Set.of());
  }

  static String listKey(String run, Stage stage) {
    return "runs/%s/%s.json".formatted(run, stage);
  }

  private Set<PhoneNumberId> numbers(byte[] list, String key) {
    try {
      Set<PhoneNumberId> numbers = new LinkedHashSet<>();
      for (JsonNode event : json.readTree(list)) {
        numbers.add(new PhoneNumberId(event.path("phoneNumberId").textValue()));
      }
      return numbers;
    } catch (IOException | InvalidInputException e) {
      throw StoreException.unreadable(bucket.reference(key));
    }
  }

  /** What was decided after a stage, or before the first. */
  Optional<Decision> decision(String run, Optional<Stage> after) {
    String key = decisionKey(run, after);
    return bucket.read(key, LARGEST_LIST).map(it -> decision(it, key));
  }

  /** Keeps what was decided: this, or what was before. */
  Decision keepDecision(String run, Optional<Stage> after, Decision decision) {
    byte[] text = PlainJson.write(json, decision).getBytes(StandardCharsets.UTF_8);
    String key = decisionKey(run, after);
    return decision(bucket.keep(key, text, JSON), key);
  }

  private Decision decision(byte[] text, String key) {
    try {
      return json.readValue(text, Decision.class);
    } catch (IOException e) {
      throw StoreException.unreadable(bucket.reference(key));
    }
  }

  /**
   * Writes a report, over an earlier one of the same name.
   *
   * @return its key
   */
  String writeReport(String run, String name, Report report) {
    String key = "runs/%s/report-%s.csv".formatted(run, name);
    bucket.write(key, report.csv(), CSV);
    return key;
  }

  private static String copy(String run) {
    return "runs/%s/manifest.csv".formatted(run);
  }

  private static String decisionKey(String run, Optional<Stage> after) {
    return "runs/%s/after-%s.json".formatted(run, after.map(Stage::name).orElse("START"));
  }
}
