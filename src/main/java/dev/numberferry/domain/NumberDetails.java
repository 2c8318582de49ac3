package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What WhatsApp tells of a number beyond its state; each part is null where it was not asked for,
 * or not told.
 *
 * @param dataLocalizationRegion the country in which the number's data is kept, or {@link
 *     #NO_COUNTRY} where none is set
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NumberDetails(
    @Nullable Health health, @Nullable Webhooks webhooks, @Nullable String dataLocalizationRegion)
    implements NumberDetailsBuilder.With {

  /** What stands for the country of a storage that has none of its own. */
  public static final String NO_COUNTRY = "DEFAULT";

  /** Nobody has asked. */
  public static NumberDetails unknown() {
    return NumberDetailsBuilder.builder().build();
  }

  /**
   * What an operator should know before the move.
   *
   * @param region the data localization region that is asked for
   */
  public List<Finding> warningsBefore(NumberState seen, Optional<String> region) {
    Stream<Finding> verification = Stream.ofNullable(health).flatMap(Health::verificationWarning);
    // register itself sets a region where there is none.
    Stream<Finding> otherRegion =
        otherRegion(region).stream().filter(it -> !NO_COUNTRY.equals(dataLocalizationRegion));
    return Stream.of(warnings(Optional.of(seen)), verification, otherRegion)
        .flatMap(it -> it)
        .toList();
  }

  /**
   * What an operator should know after the move.
   *
   * @param seen the number, where somebody saw it
   * @param region the data localization region that was asked for
   */
  List<Finding> warningsAfter(Optional<NumberState> seen, Optional<String> region) {
    return Stream.concat(warnings(seen), otherRegion(region).stream()).toList();
  }

  /** Whether messages of the number are held back, or those to it reach nobody, or not the app. */
  boolean cutsTheNumberOff() {
    return (health != null && health.holdsBack())
        || (webhooks != null && webhooks.leaveSomebodyOut());
  }

  private Stream<Finding> warnings(Optional<NumberState> seen) {
    Stream<Finding> webhookWarnings =
        Stream.ofNullable(webhooks).map(it -> it.warnings(seen)).flatMap(List::stream);
    Stream<Finding> name = Stream.ofNullable(health).flatMap(Health::nameWarning);
    return Stream.of(sendingWarnings(seen).stream(), webhookWarnings, name).flatMap(it -> it);
  }

  private List<Finding> sendingWarnings(Optional<NumberState> seen) {
    List<Finding> reasons = health == null ? List.of() : health.sendingWarnings();
    return reasons.isEmpty()
        ? seen.flatMap(NumberState::sendingWarning).stream().toList()
        : reasons;
  }

  private Optional<Finding> otherRegion(Optional<String> region) {
    return region
        .filter(it -> dataLocalizationRegion != null && !it.equals(dataLocalizationRegion))
        .map(
            it ->
                Finding.warning(
                    "dataLocalizationRegion",
                    "is " + dataLocalizationRegion + " and not " + it + ", as the event asks",
                    "It cannot be changed without deregistering the number: ask Meta's support"
                        + " before you do that."));
  }
}
