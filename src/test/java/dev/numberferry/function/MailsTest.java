package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.blocked;
import static dev.numberferry.standin.GraphStandIn.error;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.TopicStandIn.Message;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The mails that whoever is on call gets, as they come out: docs/operation.md has the same. */
@QuarkusTest
@TestProfile(MailsTest.Stack.class)
class MailsTest extends BrakeTestBase {

  /** A stack that has a name. */
  public static final class Stack implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("ferry.stack", "number-ferry");
    }
  }

  private static final Path PAGE = Path.of("docs", "operation.md");

  /** What is another each time: ids, times, and how long something took. */
  private static final Map<String, String> EACH_TIME =
      Map.of(
          "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>",
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "<time>",
          "(?<=Ms\":|start-time )\\d+", "<number>");

  @Test
  void theNumberHasMovedAndIsHeldBack() throws IOException {
    outside.graph().answers(okJson("{\"success\": true}"));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), blocked("CLOUD_API"));

    answered(invokeSample()).body("status", equalTo("MIGRATED"));

    assertTold("A number has moved, and is held back", message(0));
  }

  @Test
  void theLineIsDownAndTheBrakeEngaged() throws IOException {
    engageByWrongPins();

    assertThat(publishedStatuses()).containsExactly("REJECTED", "REJECTED", "REJECTED", "BRAKED");
    assertThat(message(1).mail()).doesNotContain("THE BRAKE IS ENGAGED");
    assertTold("A wrong PIN, and the brake is engaged", message(2));
  }

  @Test
  void theBrakeIsEngaged() throws IOException {
    engageByWrongPins();

    assertTold("The brake is engaged", message(3));
  }

  @Test
  void nobodyKnowsAndTheBrakeIsEngaged() throws IOException {
    wrongPins(1, 2);
    outside.graph().reset();
    outside.graph().answers(aResponse().withStatus(502));
    outside.graph().tells(state("ON_PREMISE", "CONNECTED"));

    move(3).body("status", equalTo("UNKNOWN"));

    assertThat(publishedStatuses()).containsExactly("REJECTED", "REJECTED", "UNKNOWN", "BRAKED");
    assertTold("Nobody knows, and the brake is engaged", message(2));
  }

  @Test
  void theBackupIsEmpty() throws IOException {
    outside.reset();
    outside.objects().put(Sample.BUCKET, Sample.KEY, new byte[0]);

    answered(invokeSample()).body("status", equalTo("INVALID"));

    assertTold("A backup that cannot be used", message(0));
  }

  /** An event that lost a field on its way would do what nobody asked for. */
  @Test
  void theEventIsShownWithAllThatItHad() {
    outside.graph().answers(aResponse().withStatus(502));
    outside.graph().tells(state("ON_PREMISE", "CONNECTED"));
    ObjectNode event = sample().put("expectedNumber", "+1 555-123-4567");
    event.put("secretId", Sample.SECRET_ID).put("dataLocalizationRegion", "IN");

    invoke(event.toString()).body("status", equalTo("UNKNOWN"));

    ObjectNode shown = shownEvent(message(0));
    assertThat(shown.remove("retry").path("after").asText()).endsWith("/UNKNOWN");
    assertThat(shown).isEqualTo(event);
  }

  @Test
  void aRefusedLookShowsTheSameEvent() {
    outside
        .graph()
        .looksAnswer(error(403, "{\"error\": {\"code\": 10, \"message\": \"no permission\"}}"));

    invokeSample().body("status", equalTo("REJECTED"));

    assertThat(shownEvent(message(0))).isEqualTo(sample());
  }

  /** What comes later and sends nothing leaves the line down. */
  @Test
  void aLineThatIsDownIsNotAsItWas() {
    engageByWrongPins();

    invoke(event(1, "secretId", "a b")).body("status", equalTo("INVALID"));
    invoke(event(2, "retry", Map.of("after", "none", "reason", "sure")))
        .body("status", equalTo("WITHHELD"));

    assertThat(outside.topic().messages().stream().skip(4).map(it -> it.mail().split("\n", -1)[0]))
        .hasSize(2)
        .allMatch(
            it -> it.matches("NOTHING WAS SENT NOW for .*; LINE DOWN since .* \\(133005\\)\\."));
  }

  @Test
  void aDryRunShowsNoMove() {
    outside.secrets().fails("GetSecretValue", 500, "InternalServiceError");

    invoke(sample().put("dryRun", true).toString());

    assertThat(message(0).mail()).doesNotContain("THE EVENT", "\n{\"phoneNumberId");
  }

  private static ObjectNode shownEvent(Message message) {
    String mail = message.mail();
    String begin = "<<'EVENT'\n";
    return (ObjectNode)
        parse(mail.substring(mail.indexOf(begin) + begin.length(), mail.indexOf("\nEVENT\n")));
  }

  /** Whoever publishes it later has read the brake as well. */
  @Test
  void whatIsPublishedLateSaysThatTheBrakeIsEngaged() {
    wrongPins(1, 2);
    outside.topic().fails();
    move(3).statusCode(500);
    outside.aws().recovers();

    move(3).body("replayed", equalTo(true));

    assertThat(takenStatuses()).containsExactly("REJECTED", "REJECTED", "REJECTED", "BRAKED");
    assertThat(outside.topic().taken().get(2).mail())
        .contains("\nTHE BRAKE IS ENGAGED (brakeId ")
        .doesNotContain("THE EVENT");
  }

  /** SNS takes no mail with a subject: the result arrives in the same run. */
  @Test
  void aMailThatSnsRefusesKeepsNoResultBack() {
    outside.topic().refusesOnce();

    invokeSample().body("status", equalTo("MIGRATED"));

    assertThat(outside.topic().messages()).hasSize(2);
    assertThat(message(0).text()).isEqualTo(message(1).text());
    assertThat(message(1).subject()).isEmpty();
    assertThat(message(1).mail()).isEmpty();
    assertThat(newestAttempt().getBoolean("published")).isTrue();
    assertRegisteredOnce();
  }

  /** Whatever Meta says: the result is bounded before it has a mail. */
  @Test
  void aTextOf1MbLeavesRoomForAMail() {
    outside
        .graph()
        .refuses(
            400,
            "{\"error\": {\"code\": 133006, \"message\": \"%s\"}}"
                .formatted("\\\"x".repeat(330_000)));

    answered(invokeSample()).body("status", equalTo("REJECTED"));

    assertThat(outside.topic().taken()).hasSize(1);
    assertThat(message(0).mail()).startsWith("LINE AS IT WAS: ").endsWith(publishedText() + "\n");
  }

  private Message message(int number) {
    return outside.topic().messages().get(number);
  }

  /** The page has the mail as it came out. */
  private static void assertTold(String heading, Message message) throws IOException {
    String mail = "Subject: " + message.subject() + "\n\n" + message.mail();
    String page = Files.readString(PAGE);
    int section = page.indexOf("\n### " + heading + "\n");
    int begin = page.indexOf("```text\n", section) + "```text\n".length();
    String told = section < 0 ? "" : page.substring(begin, page.indexOf("```\n", begin));

    assertThat(withoutWhatIsAnotherEachTime(told))
        .as("the mail '%s' in %s, which is now:\n%s", heading, PAGE, mail)
        .isEqualTo(withoutWhatIsAnotherEachTime(mail));
  }

  private static String withoutWhatIsAnotherEachTime(String mail) {
    String same = mail;
    for (Map.Entry<String, String> each : EACH_TIME.entrySet()) {
      same = same.replaceAll(each.getKey(), each.getValue());
    }
    return same;
  }
}
