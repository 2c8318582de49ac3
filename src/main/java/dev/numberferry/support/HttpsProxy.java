package dev.numberferry.support;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * The proxy of {@code HTTPS_PROXY} in whatever case, through which every host is asked over https
 * that {@code NO_PROXY} does not name. Neither WhatsApp's client nor AWS's reads the two itself:
 * AWS's takes {@code HTTP_PROXY} for https as well, and nothing else.
 *
 * @param direct the hosts that are asked without it, as {@code NO_PROXY} has them
 */
public record HttpsProxy(String host, int port, List<String> direct) {

  private static final String VARIABLE = "HTTPS_PROXY";
  private static final int HTTPS_PORT = 443;
  private static final int HIGHEST_PORT = 65_535;

  private static final Pattern FORM =
      Pattern.compile("(?i:http://)?([A-Za-z0-9._-]+):([0-9]{1,5})/?");

  /**
   * @throws IllegalStateException if there is one that cannot be used; its message has nothing of
   *     the value, which may hold a password
   */
  public static Optional<HttpsProxy> of(Config config) {
    return variable(config, VARIABLE)
        .map(
            value -> {
              Matcher parts = FORM.matcher(value);
              if (!parts.matches() || Integer.parseInt(parts.group(2)) > HIGHEST_PORT) {
                throw new IllegalStateException(
                    "Wrong configuration. HTTPS_PROXY must be http://host:port, without a user or"
                        + " a password.");
              }
              return new HttpsProxy(
                  parts.group(1),
                  Integer.parseInt(parts.group(2)),
                  variable(config, "NO_PROXY").map(HttpsProxy::hosts).orElse(List.of()));
            });
  }

  /** Whether what is asked goes through it. */
  public boolean serves(URI asked) {
    return "https".equalsIgnoreCase(asked.getScheme())
        && asked.getHost() != null
        && direct.stream().noneMatch(it -> isMeant(it, asked));
  }

  /** A host stands for all hosts under it, with a dot or {@code *.} before it or not. */
  private static boolean isMeant(String entry, URI asked) {
    int port = asked.getPort() < 0 ? HTTPS_PORT : asked.getPort();
    String host = asked.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    String name =
        entry.endsWith("]:" + port) || entry.matches("[^:]+:" + port)
            ? entry.substring(0, entry.lastIndexOf(':'))
            : entry;
    String bare = name.replaceAll("[\\[\\]]", "").replaceFirst("^\\*?\\.", "");
    return entry.equals("*") || host.equals(bare) || host.endsWith("." + bare);
  }

  private static List<String> hosts(String value) {
    return Stream.of(value.toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private static Optional<String> variable(Config config, String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT), name)
        .flatMap(it -> config.getOptionalValue(it, String.class).stream())
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .findFirst();
  }
}
