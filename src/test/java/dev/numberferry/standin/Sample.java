package dev.numberferry.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One number with its secrets, made up, and told from anything else that could stand in a log. */
public final class Sample {

  public static final String NUMBER = "106540352242922";
  public static final String SECRET_ID = "whatsapp/" + NUMBER;
  public static final String BUCKET = "number-ferry-backups";
  public static final String KEY = NUMBER + "/backup.json";
  public static final String FLEET_BUCKET = "number-ferry-fleet";
  public static final String MANIFEST = "manifests/numbers.csv";
  public static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:number-ferry-results";

  public static final String LEDGER = "number-ferry-ledger";

  public static final String PIN = "073519";
  public static final String PASSWORD = "Fähre & \"Kai\" 7";
  public static final String TOKEN = "EAAGm0PX4ZCpsBAKq7ZCnumberferrySampleToken";
  public static final String APP_SECRET = "9d1c3f5e7a8b2046913579bdf02468ac";
  public static final String BACKUP =
      "V0FCS1VQLW51bWJlci1mZXJyeS1zYW1wbGUtYmFja3VwK2RhdGEvZm9yL3Rlc3Rz==";

  /** Another number in the secret for many, of which nothing may be seen either. */
  public static final String NEIGHBOUR = "206540352242922";

  public static final String NEIGHBOUR_PIN = "904617";
  public static final String NEIGHBOUR_PASSWORD = "Nebenan & \"Ole\" 9";
  public static final String NEIGHBOUR_TOKEN = "EAAGm0PX4ZCpsBAnumberferryNeighbourToken";

  /** Of the credentials of the function's role. */
  public static final String SESSION_TOKEN = "IQoJb3JpZ2luX2VjnumberferrySampleSessionToken";

  /** Of a proxy that wants one. */
  public static final String PROXY_PASSWORD = "numberferrySampleProxyPassword";

  /** What must never be seen in a log, a message or a test's output. */
  public static final List<String> SECRETS =
      List.of(
          PIN,
          PASSWORD,
          TOKEN,
          APP_SECRET,
          BACKUP,
          NEIGHBOUR_PIN,
          NEIGHBOUR_PASSWORD,
          NEIGHBOUR_TOKEN,
          SESSION_TOKEN,
          PROXY_PASSWORD);

  private Sample() {}

  /** A backup of so many characters. */
  public static String backup(int size) {
    return BACKUP.substring(0, 64).repeat(size / 64 + 1).substring(0, size);
  }

  /** The number's secret. */
  public static String secret() {
    return "{\"accessToken\": \"%s\", \"backupPassword\": \"%s\", \"pin\": \"%s\"}"
        .formatted(TOKEN, PASSWORD.replace("\"", "\\\""), PIN);
  }

  /** A secret for two numbers: one with the token for all, and one with a token of its own. */
  public static ObjectNode secretForMany() {
    ObjectNode secret = JsonNodeFactory.instance.objectNode().put("accessToken", TOKEN);
    ObjectNode numbers = secret.putObject("numbers");
    numbers.putObject(NUMBER).put("pin", PIN).put("backupPassword", PASSWORD);
    numbers
        .putObject(NEIGHBOUR)
        .put("pin", NEIGHBOUR_PIN)
        .put("backupPassword", NEIGHBOUR_PASSWORD)
        .put("accessToken", NEIGHBOUR_TOKEN);
    return secret;
  }

  /** The documented body of {@code register} for this number. */
  public static ObjectNode registerBody() {
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("messaging_product", "whatsapp").put("pin", PIN);
    body.putObject("backup").put("password", PASSWORD).put("data", BACKUP);
    return body;
  }

  /** The answer of the backup call, as an operator keeps it. */
  public static byte[] backupFile() {
    return "{\"settings\": {\"data\": \"%s\"}, \"meta\": {\"api_status\": \"stable\"}}\n"
        .formatted(BACKUP)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A manifest with the number alone. */
  public static byte[] manifest() {
    return "phoneNumberId,backupKey\n%s,%s\n"
        .formatted(NUMBER, KEY)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** One of the event files that operators use as well. */
  public static String event(String name) {
    try {
      return Files.readString(Path.of("infra", "events", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
