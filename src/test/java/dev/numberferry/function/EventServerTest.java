package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.standin.EventServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.SpecificationQuerier;
import org.junit.jupiter.api.Test;

/** How the tests themselves speak to the function. */
@QuarkusTest
class EventServerTest extends FunctionTestBase {

  @Test
  void aTestThatFailsPrintsNoEvent() {
    var config = SpecificationQuerier.query(EventServer.given()).getConfig();

    assertThat(config.getLogConfig().isLoggingOfRequestAndResponseIfValidationFailsEnabled())
        .isFalse();
  }
}
