package dev.numberferry.local;

import dev.numberferry.function.SweepFunction;
import dev.numberferry.standin.StandIns;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The main job on a laptop: {@code ./mvnw -Plocal}. One event goes over HTTP through the real
 * function for events of its kind; S3, Secrets Manager, SNS and the Graph API are stand-ins on
 * loopback ports.
 *
 * <p>It runs as a test because Quarkus brings its event server only into tests and its dev mode,
 * and because a run that does not end in a published message is then a failed build.
 */
@QuarkusTest
@TestProfile(LocalRun.Console.class)
class LocalRun {

  /** Each step on the console, as it happens. */
  public static final class Console implements QuarkusTestProfile {
    /** The other tests' stand-ins are for the function migrate. */
    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(StandIns.class, possible().standIns()));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      OPTIONS.takenPort().ifPresent(it -> System.setProperty(TAKEN, it));
      return possible().settings();
    }

    /** An exception here would be buried in hundreds of lines: the test says it. */
    private static LocalOptions possible() {
      return System.getProperty(TAKEN) == null ? OPTIONS : OPTIONS.ending();
    }
  }

  private static final LocalOptions OPTIONS = LocalOptions.of(System.getProperties());

  /** Asked before anything listens, and by another class loader than the test's. */
  private static final String TAKEN = "local.taken";

  @Inject SweepFunction sweep;

  StandIns outside;

  @Test
  void run() throws Exception {
    Optional.ofNullable(System.getProperty(TAKEN)).ifPresent(Assertions::fail);
    new LocalStory(OPTIONS, outside, sweep, System.out::println).tell();
    if (OPTIONS.stays()) {
      new CountDownLatch(1).await();
    }
  }
}
