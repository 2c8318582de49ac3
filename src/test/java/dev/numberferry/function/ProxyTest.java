package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.numberferry.standin.BehindProxy;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The only way to WhatsApp is a proxy. */
@QuarkusTest
@TestProfile(ProxyTest.OnlyThroughIt.class)
class ProxyTest extends FunctionTestBase {

  /**
   * A connection for what is asked, one more for each that is asked beside it, one for register.
   */
  private static final int ENOUGH = 50;

  BehindProxy behind;

  @Test
  void aNumberMovesThroughTheProxy() {
    behind.reset(ENOUGH);

    answered(invokeSample()).body("status", equalTo("MIGRATED"));

    assertThat(behind.graph().registers()).hasSize(1);
    assertThat(behind.proxy().asked()).isNotEmpty().containsOnly("localhost:4");
  }

  @Test
  void aProxyThatRefusesIsToldAsOne() {
    behind.reset(0);

    invokeSample()
        .statusCode(500)
        .body("errorMessage", containsString("the proxy of HTTPS_PROXY made no connection"));

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertThat(published().getString("nextStep"))
        .contains("check HTTPS_PROXY and NO_PROXY, then send the same event again.");
    assertThat(behind.graph().registers()).isEmpty();
  }

  /** It has the token in its URL, which a proxy with a certificate of its own reads. */
  @Test
  void aTokenIsNotAskedAboutWhereAProxyMayReadTheQuestion() {
    behind.reset(ENOUGH);

    answered(invoke(sampleWith("dryRun", true)));

    assertThat(behind.graph().askedFor("debug_token")).isEmpty();
  }

  /** WhatsApp behind a proxy. */
  public static final class OnlyThroughIt implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(BehindProxy.class));
    }
  }
}
