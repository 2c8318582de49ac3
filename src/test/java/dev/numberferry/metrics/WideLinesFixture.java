package dev.numberferry.metrics;

import dev.numberferry.support.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lines with every metric that there is. */
public final class WideLinesFixture {

  private WideLinesFixture() {}

  /** What a sweep of a stack writes. */
  public static EmbeddedMetrics sweep(String stack) {
    List<String> written = new ArrayList<>();
    StandardOutput out =
        new StandardOutput() {
          @Override
          public void write(String line) {
            written.add(line);
          }
        };
    new WideLines(WideLines.namespace(stack), out, new Machine())
        .write(new SweepLine(1, 0, Duration.ofSeconds(1), true, Duration.ofMillis(1)));
    return EmbeddedMetrics.check(written.get(0));
  }
}
