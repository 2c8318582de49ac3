package dev.numberferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.standin.StandIns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LocalOptionsTest {

  private static final Path SAM_LOCAL = Path.of("infra", "local.json");
  private static final Path PAGE = Path.of("docs", "install.md");
  private static final Pattern PORT = Pattern.compile("http://[a-z.]+:([0-9]+)");

  @Test
  void linesAreAsDeployedWithJsonAlone() {
    String deployed = "quarkus.log.console.json.enabled";
    String plain = "quarkus.log.console.format";

    assertThat(options(Map.of()).settings()).doesNotContainKey(deployed).containsKey(plain);
    assertThat(options(Map.of("json", "true")).settings())
        .containsEntry(deployed, "true")
        .doesNotContainKey(plain);
  }

  @Test
  void theStandInsAreOnThisMachineAloneWhereNoAddressIsGiven() {
    assertThat(options(Map.of()).standIns()).containsOnlyKeys("function");
    assertThat(options(Map.of("stay", "true")).standIns()).containsEntry("address", "127.0.0.1");
    assertThat(options(Map.of("stay", "0.0.0.0")).standIns()).containsEntry("address", "0.0.0.0");
  }

  @Test
  void whatStaysListensWhereSamLocalLooksForIt() throws IOException {
    List<String> ports =
        PORT.matcher(Files.readString(SAM_LOCAL))
            .results()
            .map(it -> it.group(1))
            .distinct()
            .toList();

    assertThat(ports)
        .containsExactlyInAnyOrder(
            String.valueOf(StandIns.AWS_PORT), String.valueOf(StandIns.GRAPH_PORT));
  }

  @Test
  void theCommandsThatItPrintsAreThoseOfThePage() throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    List<String> commands =
        Pattern.compile("(?m)^ +(curl|sam) .*$")
            .matcher(options(Map.of("stay", "true")).whatNext())
            .results()
            .map(MatchResult::group)
            .map(String::strip)
            .toList();

    assertThat(commands).hasSize(3);
    assertThat(page).containsAll(commands.stream().map(it -> "    " + it).toList());
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    try (taken) {
      assertThat(LocalOptions.taken(taken.getLocalPort()).orElseThrow())
          .startsWith("Port " + taken.getLocalPort() + " of this machine is taken: ");
    }
    assertThat(LocalOptions.taken(taken.getLocalPort())).isEmpty();
  }

  private static LocalOptions options(Map<String, String> given) {
    Properties properties = new Properties();
    properties.putAll(given);
    return LocalOptions.of(properties);
  }
}
