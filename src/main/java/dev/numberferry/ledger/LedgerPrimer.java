package dev.numberferry.ledger;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.support.DryCall;
import dev.numberferry.support.Primer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes the ledger's client and the reading and writing of its items ready. */
@ApplicationScoped
class LedgerPrimer implements Primer {

  private static final PhoneNumberId NONE = new PhoneNumberId("10000");

  private final FerryConfig config;
  private final DynamoDbClient dynamo;
  private final LedgerItem mapping;

  LedgerPrimer(FerryConfig config, DynamoDbClient dynamo, LedgerItem mapping) {
    this.config = config;
    this.dynamo = dynamo;
    this.mapping = mapping;
  }

  @Override
  public void prime() throws IOException {
    var item = mapping.write(LedgerEntry.empty(NONE), 1, Optional.empty(), Instant.EPOCH);
    mapping.read(NONE, item);
    DryCall.make(
        dry ->
            dynamo.putItem(
                it -> it.tableName(config.ledgerTable()).item(item).overrideConfiguration(dry)));
  }
}
