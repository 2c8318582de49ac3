package dev.numberferry.metrics;

import jakarta.enterprise.inject.Vetoed;
import java.util.function.Supplier;

/** Counts nothing. */
@Vetoed
public final class SilentLines extends WideLines {

  public SilentLines() {
    super("", null, null);
  }

  @Override
  public void write(RunLine run) {}

  @Override
  public void write(Supplier<SweepLine> sweep) {}
}
