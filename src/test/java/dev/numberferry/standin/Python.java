package dev.numberferry.standin;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The machine's Python, which some tests need a module of. */
public final class Python {

  private Python() {}

  /** Whether this machine has a module. */
  public static boolean has(String module) {
    try {
      Process python = new ProcessBuilder("python3", "-c", "import " + module).start();
      return python.waitFor(1, TimeUnit.MINUTES) && python.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
