package dev.numberferry.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.MigrationResult;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** The part of an entry that is kept as JSON. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record LedgerItem(List<Attempt> attempts, MigrationResult last) {}
