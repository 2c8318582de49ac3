package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.numberferry.domain.Pin;
import dev.numberferry.standin.LogLines;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole log at DEBUG, as somebody sets it who looks for an error. */
@QuarkusTest
@TestProfile(OtherSettings.class)
class DebugLogTest extends FunctionTestBase {

  private final Lines lines = new Lines();

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(lines);
  }

  @AfterEach
  void listenNoMore() {
    Logger.getLogger("").removeHandler(lines);
  }

  @Test
  void hasNeitherTheRolesSessionTokenNorAnySecret() {
    answered(invoke(sampleWith("dryRun", true))).body("status", equalTo("READY"));
    invokeSample().body("status", equalTo("MIGRATED"));

    assertThat(lines.all.stream().anyMatch(it -> it.startsWith("software.amazon.awssdk")))
        .as("the SDK logs at DEBUG")
        .isTrue();
    // A failure must not print what it found.
    assertThat(lines.all.stream().filter(DebugLogTest::hasSecret).map(it -> it.split(" ", -1)[0]))
        .as("loggers that show a secret")
        .isEmpty();
    assertRegisteredOnce();
  }

  private static boolean hasSecret(String line) {
    return Sample.SECRETS.stream()
        .filter(it -> !Pin.FORM.matcher(it).matches())
        .anyMatch(line::contains);
  }

  private static final class Lines extends Handler {

    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      all.add(line.getLoggerName() + " " + LogLines.message(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
