package dev.numberferry;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a function checks when it starts, for tests of what gives it its variables. */
public final class StartCheck {

  private static final String CLIENT = "quarkus.rest-client.whatsapp.";

  /** As application.properties has them, for who sets no others. */
  private static final Map<String, String> TIME_OUTS =
      Map.of(CLIENT + "connect-timeout", "3000", CLIENT + "read-timeout", "20000");

  private StartCheck() {}

  /**
   * What keeps a function from its start.
   *
   * @param variables of its environment
   */
  public static List<String> problems(Map<String, String> variables) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(FerryConfig.class)
            .withValidateUnknown(false)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withSources(
                new EnvConfigSource(variables, 300),
                new PropertiesConfigSource(TIME_OUTS, "application.properties", 100))
            .build();
    return new FerryConfigCheck(
            config.getConfigMapping(FerryConfig.class),
            config,
            config.getValue(CLIENT + "connect-timeout", Long.class),
            config.getValue(CLIENT + "read-timeout", Long.class),
            config.getOptionalValue("quarkus.funqy.export", String.class))
        .stoppingOrLogged();
  }
}
