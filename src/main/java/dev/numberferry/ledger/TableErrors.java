package dev.numberferry.ledger;

import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import dev.numberferry.support.Setting;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** What DynamoDB answers instead of items, in the operator's words. */
final class TableErrors {

  /** Of the texts of DynamoDB's ValidationException; there is no code for it. */
  private static final List<String> OF_ANOTHER_KEY =
      List.of("key element does not match the schema", "required keys was not given a value");

  private TableErrors() {}

  static StoreException of(String permission, String table, SdkException thrown) {
    if (thrown instanceof ResourceNotFoundException) {
      return notALedger(table, "does not exist");
    }
    return thrown instanceof AwsServiceException answer
            && OF_ANOTHER_KEY.stream().anyMatch(it -> AwsErrors.mentions(answer, it))
        ? notALedger(table, "has another key than a ledger")
        : AwsErrors.of(permission, name(table), Setting.LEDGER, thrown);
  }

  /**
   * @param problem what is wrong with the table
   */
  static StoreException notALedger(String table, String problem) {
    return new StoreException(
        name(table) + " " + problem,
        "Nothing was sent: name the ledger's table in FERRY_LEDGER_TABLE (the stack's parameter"
            + " ExistingLedger does), then send the same event again.");
  }

  private static String name(String table) {
    return "table " + table;
  }
}
