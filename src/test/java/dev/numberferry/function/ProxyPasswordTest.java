package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.numberferry.standin.BehindProxy;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The only way to WhatsApp is a proxy that wants a user and a password. */
@QuarkusTest
@TestProfile(ProxyPasswordTest.WithPassword.class)
class ProxyPasswordTest extends FunctionTestBase {

  private static final int ENOUGH = 50;

  BehindProxy behind;

  /** HTTPS_PROXY has them as well, and stops nothing: it is not used. */
  @Test
  void aNumberMovesThroughTheProxyThatQuarkussSettingsName() {
    behind.reset(ENOUGH);

    answered(invokeSample()).body("status", equalTo("MIGRATED"));

    assertThat(behind.graph().registers()).hasSize(1);
    assertThat(behind.proxy().asked()).isNotEmpty().containsOnly("localhost:4");
  }

  /** WhatsApp behind such a proxy. */
  public static final class WithPassword implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(BehindProxy.class, Map.of(BehindProxy.WANTS_PASSWORD, "true")));
    }
  }
}
