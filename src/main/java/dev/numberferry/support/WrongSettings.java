package dev.numberferry.support;

import dev.numberferry.domain.FunctionNames;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import org.jboss.logging.Logger;

/** What comes of settings that are wrong, each named in a sentence with its variable. */
public final class WrongSettings {

  private static final Logger LOG = Logger.getLogger(WrongSettings.class);

  private WrongSettings() {}

  /**
   * Of what is wrong for a call of {@code register}, what stops this function. For one that calls
   * nothing it is logged here, and nothing more: a person must get at the brake, and a sweep
   * finishes what was begun.
   *
   * @param function as {@code QUARKUS_FUNQY_EXPORT} names it
   * @return nothing where it was logged
   */
  public static List<String> stoppingOrLogged(List<String> problems, String function) {
    if (FunctionNames.CALLERS.contains(function)) {
      return problems;
    }
    problems.forEach(LOG::error);
    return List.of();
  }

  /**
   * Logs all of them in one line.
   *
   * @throws ConfigurationException with the same words, if there is any: in Quarkus' own line about
   *     a start that failed they stand three levels down
   */
  public static void stop(List<String> problems) {
    if (!problems.isEmpty()) {
      String words = "Wrong configuration. " + String.join(" ", problems);
      LOG.error(words);
      throw new ConfigurationException(words);
    }
  }
}
