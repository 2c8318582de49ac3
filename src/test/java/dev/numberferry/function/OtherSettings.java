package dev.numberferry.function;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Settings that are not those of the other tests. None of them is seen by what another is for, so
 * that the function starts once for all classes that need one of them.
 */
public final class OtherSettings implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "ferry.brake-after", "0",
        "ferry.function-timeout", "89s",
        "ferry.backup-prefix", "backups/",
        "quarkus.log.level", "DEBUG");
  }
}
