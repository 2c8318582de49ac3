package dev.numberferry.support;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * The proxy of {@code HTTPS_PROXY} in whatever case, through which every host is asked over https
 * that {@code NO_PROXY} does not name. Neither WhatsApp's client nor AWS's reads the two itself:
 * AWS's takes {@code HTTP_PROXY} for https as well, and of {@code NO_PROXY} only whole names. It
 * does so before anything of ours runs, and has no setting that stops it.
 *
 * @param direct the hosts that are asked without it, as {@code NO_PROXY} has them
 */
public record HttpsProxy(String host, int port, List<String> direct) {

  private static final String VARIABLE = "HTTPS_PROXY";
  private static final String OF_PLAIN_HTTP = "HTTP_PROXY";
  private static final int HTTPS_PORT = 443;
  private static final int HIGHEST_PORT = 65_535;

  private static final Pattern FORM =
      Pattern.compile("(?i:http://)?([A-Za-z0-9._-]+):([0-9]{1,5})/?");

  /** The one that is set; nothing where none is, or one that cannot be used. */
  public static Optional<HttpsProxy> of(Config config) {
    return variable(config, VARIABLE)
        .map(FORM::matcher)
        .filter(HttpsProxy::isUsable)
        .map(
            parts ->
                new HttpsProxy(parts.group(1), Integer.parseInt(parts.group(2)), direct(config)));
  }

  /**
   * @param asked what would be asked through it
   * @return what is wrong with the one that is set, without anything of the value, which may hold a
   *     password; nothing where it can be used, or is not, or none is set
   */
  public static Optional<String> problem(Config config, URI asked) {
    return variable(config, VARIABLE)
        .filter(it -> !isUsable(FORM.matcher(it)) && isServed(asked, direct(config)))
        .map(
            it ->
                nameOf(config, VARIABLE)
                    + " must be http://host:port, without a user or a password: one that wants"
                    + " these is for WhatsApp alone, and set as"
                    + " QUARKUS_REST_CLIENT_WHATSAPP_PROXY_ADDRESS (host:port),"
                    + " QUARKUS_REST_CLIENT_WHATSAPP_PROXY_USER and"
                    + " QUARKUS_REST_CLIENT_WHATSAPP_PROXY_PASSWORD.");
  }

  /** That the proxy is set that AWS's client takes by itself, if it is. */
  static Optional<String> ofPlainHttp(Config config) {
    return variable(config, OF_PLAIN_HTTP)
        .map(
            it ->
                nameOf(config, OF_PLAIN_HTTP)
                    + " must not be set: AWS would be asked through it, whatever NO_PROXY says."
                    + " HTTPS_PROXY is enough.");
  }

  private static boolean isUsable(Matcher parts) {
    return parts.matches() && Integer.parseInt(parts.group(2)) <= HIGHEST_PORT;
  }

  /** Whether what is asked goes through it. */
  public boolean serves(URI asked) {
    return isServed(asked, direct);
  }

  private static boolean isServed(URI asked, List<String> direct) {
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

  private static List<String> direct(Config config) {
    return variable(config, "NO_PROXY").map(HttpsProxy::hosts).orElse(List.of());
  }

  private static List<String> hosts(String value) {
    return Stream.of(value.toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .filter(it -> !it.isEmpty())
        .toList();
  }

  /** Of the two names the first that is set counts; where it is set to nothing, there is none. */
  private static Optional<String> variable(Config config, String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT), name)
        .map(it -> Optional.ofNullable(config.getConfigValue(it).getValue()))
        .flatMap(Optional::stream)
        .findFirst()
        .map(String::strip)
        .filter(it -> !it.isEmpty());
  }

  /** In small letters where it was set so: an environment is asked for a name in whatever case. */
  private static String nameOf(Config config, String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .anyMatch(small::equals)
        ? small
        : name;
  }
}
