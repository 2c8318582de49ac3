package dev.numberferry;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Finds settings by which a secret would be seen: bodies in the log, whose first is PIN and
 * password, and headers, with the token of the function's role; plain HTTP to another machine, and
 * connections whose other end nobody checks. A setting is known by its variable however it is
 * written: for every client, for this one, or by the client's class.
 */
final class DisclosureCheck {

  private static final Pattern THIS_MACHINE =
      Pattern.compile("(?i)(?:.+\\.)?localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

  /** Under this name a container of {@code sam local} sees the machine that it runs on. */
  private static final String SAM_LOCAL_HOST = "host.docker.internal";

  private static final String TO_WHOEVER_ANSWERS =
      ": PIN, password and token would go to whoever answers.";

  /**
   * Settings of one kind.
   *
   * @param variable the variables that set it
   * @param isHarmful whether a value discloses something
   * @param problem what is wrong then, as the rest of a sentence that begins with the variable
   */
  private record Rule(Pattern variable, Predicate<String> isHarmful, String problem) {

    static Rule of(String variable, Predicate<String> isHarmful, String problem) {
      return new Rule(Pattern.compile(variable), isHarmful, problem);
    }

    boolean isAbout(String setting) {
      return variable.matcher(setting).matches();
    }
  }

  private static final Rule PLAIN_URL =
      Rule.of(
          "QUARKUS_REST_CLIENT_.*_UR[IL]|.*_MP_REST_UR[IL]|AWS_ENDPOINT_?URL.*"
              + "|QUARKUS_[A-Z0-9]+_ENDPOINT_OVERRIDE",
          DisclosureCheck::isPlain,
          " must begin with https://, or be on this machine: secrets are sent there.");

  /** Source: the configuration classes of Quarkus 3.34 and of its extensions for AWS, 3.14. */
  private static final List<Rule> RULES =
      List.of(
          PLAIN_URL,
          Rule.of(
              "QUARKUS_REST_CLIENT_.*LOGGING_SCOPE",
              it -> !it.equalsIgnoreCase("none"),
              " must not be set: it puts PIN, password and token into the log."),
          Rule.of(
              "QUARKUS_LOG_CATEGORY_"
                  + "(SOFTWARE_AMAZON_AWSSDK_(HTTP_)?AUTH|SUN_NET_WWW_PROTOCOL_HTTP)(_.*)?_LEVEL",
              it -> !it.toUpperCase(Locale.ROOT).matches("OFF|FATAL|SEVERE|ERROR|WARN(ING)?|INFO"),
              " must be INFO, WARN, ERROR or OFF: below that these loggers show the session token"
                  + " of the function's role."),
          Rule.of(
              "QUARKUS_.*_TRUST_ALL",
              it -> !it.equalsIgnoreCase("false"),
              " must not be set" + TO_WHOEVER_ANSWERS),
          Rule.of(
              "QUARKUS_.*_TLS_TRUST_MANAGERS_PROVIDER_TYPE",
              it -> it.toLowerCase(Locale.ROOT).matches("trust.?all"),
              " must not be trust-all" + TO_WHOEVER_ANSWERS),
          Rule.of(
              "QUARKUS_TLS_.*HOSTNAME_VERIFICATION_ALGORITHM",
              it -> it.equalsIgnoreCase("none"),
              " must not be NONE" + TO_WHOEVER_ANSWERS),
          Rule.of(
              "(QUARKUS_REST_CLIENT|.*_MP_REST)_(.*_)?VERIFY_?HOST",
              it -> !it.equalsIgnoreCase("true"),
              " must be true, or not be set" + TO_WHOEVER_ANSWERS),
          Rule.of(
              "(QUARKUS_REST_CLIENT|.*_MP_REST)_(.*_)?HOSTNAME_?VERIFIER",
              it -> true,
              " must not be set" + TO_WHOEVER_ANSWERS));

  private DisclosureCheck() {}

  static List<String> problems(Config config) {
    boolean samLocal = config.getOptionalValue("AWS_SAM_LOCAL", Boolean.class).orElse(false);
    List<Rule> rules = RULES.stream().filter(it -> !samLocal || it != PLAIN_URL).toList();
    return settings(config).entrySet().stream()
        .flatMap(setting -> problems(rules, setting.getKey(), setting.getValue()))
        .toList();
  }

  private static Stream<String> problems(List<Rule> rules, String variable, String value) {
    return rules.stream()
        .filter(it -> it.isAbout(variable) && it.isHarmful().test(value))
        .map(it -> variable + it.problem());
  }

  private static Map<String, String> settings(Config config) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      if (!mayDisclose(name.toLowerCase(Locale.ROOT))) {
        continue;
      }
      String variable = name.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
      if (RULES.stream().anyMatch(it -> it.isAbout(variable))) {
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
        || name.endsWith("level")
        || name.endsWith("url")
        || name.endsWith("uri")
        || name.contains("endpoint")
        || name.contains("trust")
        || name.contains("verif");
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
