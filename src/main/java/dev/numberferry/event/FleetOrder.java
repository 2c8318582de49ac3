package dev.numberferry.event;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.numberferry.domain.Findings;
import dev.numberferry.domain.InvalidInputException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with the numbers of a manifest.
 *
 * @param manifest the key of its object, in the fleet's bucket
 * @param upTo the last stage
 * @param canary how many numbers are moved one by one before the others
 * @param concurrency how many rows are worked on at once elsewhere
 * @param notReady how many rows may turn out not to be ready in the dry run
 * @param tolerated how many rows may fail when all are moved
 */
@RecordBuilder
@RegisterForReflection
public record FleetOrder(
    String manifest, Stage upTo, int canary, int concurrency, int notReady, int tolerated) {

  /** So many rows a manifest may have. */
  public static final int MOST_ROWS = 2000;

  /** What is done with the rows of a manifest, one stage after another. */
  @RegisterForReflection
  public enum Stage {
    /** A dry run of all rows. */
    DRY_RUN,
    /** The first of those that were ready, one by one. */
    CANARY,
    /** The others that were ready. */
    ALL
  }

  /** As people write it; all but the manifest may be left out. */
  @RegisterForReflection
  record Fields(
      @Nullable String manifest,
      @Nullable String upTo,
      @Nullable BigDecimal canary,
      @Nullable BigDecimal concurrency,
      @Nullable BigDecimal notReady,
      @Nullable BigDecimal tolerated) {}

  /** A whole number that may be left out. */
  private record Count(String field, int otherwise, int least, int most) {

    int of(@Nullable BigDecimal given, Findings findings) {
      return given == null ? otherwise : findings.read(() -> checked(given)).orElse(otherwise);
    }

    private int checked(BigDecimal given) {
      try {
        int value = given.intValueExact();
        if (value >= least && value <= most) {
          return value;
        }
      } catch (ArithmeticException e) {
        // It is none of these either.
      }
      throw new InvalidInputException(
          field,
          "is no whole number from %d to %d".formatted(least, most),
          "Give one, or leave it out: it is %d then.".formatted(otherwise));
    }

    FieldType type() {
      return new FieldType(
          field, JsonNodeType.NUMBER, "Leave it out, or give a whole number without quotes.");
    }
  }

  private static final Count CANARY = new Count("order.canary", 5, 1, 100);
  private static final Count CONCURRENCY = new Count("order.concurrency", 5, 1, 100);
  private static final Count NOT_READY = new Count("order.notReady", 0, 0, MOST_ROWS);
  private static final Count TOLERATED = new Count("order.tolerated", 0, 0, MOST_ROWS);

  static final List<FieldType> TYPES =
      List.of(
          FieldType.text("order.manifest"),
          FieldType.optionalText("order.upTo"),
          CANARY.type(),
          CONCURRENCY.type(),
          NOT_READY.type(),
          TOLERATED.type());

  private static final FieldForm MANIFEST =
      FieldForm.of(
          "order.manifest",
          "manifests/[^\\p{Cc}\\p{Cs}]{1,200}",
          "Give the key of the manifest in the fleet's bucket, such as manifests/numbers.csv.");

  /**
   * @throws InvalidInputException with all that cannot be used
   */
  static FleetOrder of(Fields fields) {
    Findings findings = new Findings();
    Optional<String> manifest = findings.read(() -> MANIFEST.check(fields.manifest));
    Optional<Stage> upTo = findings.read(() -> stage("order.upTo", fields.upTo));
    FleetOrder order =
        FleetOrderBuilder.builder()
            .manifest(manifest.orElse(""))
            .upTo(upTo.orElse(Stage.DRY_RUN))
            .canary(CANARY.of(fields.canary, findings))
            .concurrency(CONCURRENCY.of(fields.concurrency, findings))
            .notReady(NOT_READY.of(fields.notReady, findings))
            .tolerated(TOLERATED.of(fields.tolerated, findings))
            .build();
    findings.throwIfAny();
    return order;
  }

  /** A stage by its name; the first where none is given. */
  static Stage stage(String field, @Nullable String name) {
    try {
      return name == null ? Stage.DRY_RUN : Stage.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          field, "is no stage", "Give DRY_RUN, CANARY or ALL, or leave it out.");
    }
  }
}
