package dev.numberferry.messaging;

import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Urgency;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/**
 * A result as the topic is to hear it. Its JSON is the result alone; the rest is for attributes and
 * mail.
 *
 * @param urgency how soon a person has to look
 * @param recorded whether nothing is known to keep the ledger from knowing it
 * @param brakeIds of what engages the brake, as it was read last; none while it is released
 * @param dryRun whether it was a rehearsal
 * @param request what the run was asked for; nothing where another process was
 * @param line what the ledger tells of the number's calls; nothing where it was not read
 */
@RecordBuilder
public record ResultMessage(
    MigrationResult result,
    Urgency urgency,
    boolean recorded,
    List<String> brakeIds,
    boolean dryRun,
    Optional<MigrationRequest> request,
    Optional<LineHistory> line)
    implements ResultMessageBuilder.With {

  public ResultMessage {
    brakeIds = List.copyOf(brakeIds);
  }
}
