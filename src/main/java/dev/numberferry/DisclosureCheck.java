package dev.numberferry;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * Finds settings by which a secret would be seen: bodies in the log, whose first is PIN and
 * password, and plain HTTP to another machine. A setting is known by its variable however it is
 * written: for every client, for this one, or by the client's class.
 */
final class DisclosureCheck {

  private static final Pattern LOGGING = Pattern.compile("QUARKUS_REST_CLIENT_.*LOGGING_SCOPE");
  private static final Pattern URL =
      Pattern.compile(
          "QUARKUS_REST_CLIENT_.*_UR[IL]|.*_MP_REST_UR[IL]|AWS_ENDPOINT_?URL.*"
              + "|QUARKUS_[A-Z0-9]+_ENDPOINT_OVERRIDE");

  private static final Pattern THIS_MACHINE =
      Pattern.compile("(?i)(?:.+\\.)?localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

  /** Under this name a container of {@code sam local} sees the machine that it runs on. */
  private static final String SAM_LOCAL_HOST = "host.docker.internal";

  private DisclosureCheck() {}

  static List<String> problems(Config config) {
    boolean samLocal = config.getOptionalValue("AWS_SAM_LOCAL", Boolean.class).orElse(false);
    List<String> problems = new ArrayList<>();
    settings(config)
        .forEach(
            (variable, value) -> {
              if (LOGGING.matcher(variable).matches() && !value.equalsIgnoreCase("none")) {
                problems.add(
                    variable + " must not be set: it puts PIN, password and token into the log.");
              }
              if (URL.matcher(variable).matches() && !samLocal && isPlain(value)) {
                problems.add(
                    variable
                        + " must begin with https://, or be on this machine: secrets are sent"
                        + " there.");
              }
            });
    return problems;
  }

  private static Map<String, String> settings(Config config) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      if (!mayDisclose(name.toLowerCase(Locale.ROOT))) {
        continue;
      }
      String variable = name.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
      if (LOGGING.matcher(variable).matches() || URL.matcher(variable).matches()) {
        config
            .getOptionalValue(name, String.class)
            .ifPresent(value -> settings.put(variable, value.strip()));
      }
    }
    return settings;
  }

  /** Spares the other hundreds of settings the patterns: every start pays for this. */
  private static boolean mayDisclose(String name) {
    return name.endsWith("scope")
        || name.endsWith("url")
        || name.endsWith("uri")
        || name.contains("endpoint");
  }

  /** Whether what is sent to a URL can be read on its way. */
  private static boolean isPlain(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      return true;
    }
    String host = String.valueOf(uri.getHost());
    return !"https".equalsIgnoreCase(uri.getScheme())
        && !THIS_MACHINE.matcher(host).matches()
        && !host.equalsIgnoreCase(SAM_LOCAL_HOST);
  }
}
