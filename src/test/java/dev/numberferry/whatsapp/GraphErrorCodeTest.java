package dev.numberferry.whatsapp;

import static dev.numberferry.whatsapp.GraphError.Call.LOOK;
import static dev.numberferry.whatsapp.GraphError.Call.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.whatsapp.GraphErrorCode.Effect;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which line of the table an error is, and what the line says. */
class GraphErrorCodeTest {

  /** In the order of Meta's OpenAPI document, whose examples these are, shortened. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REGISTER | 400 | 100 | -       | OAuthException       | Invalid PIN format: 6 digits     "
            + " | PIN_FORM           | REFUSED",
        "REGISTER | 401 | 190 | 463     | OAuthException       | Invalid OAuth access token       "
            + " | TOKEN_EXPIRED      | REFUSED",
        "REGISTER | 403 | 200 | 1349174 | OAuthException       | no permission to register        "
            + " | PERMISSION_MISSING | REFUSED",
        "REGISTER | 404 | 803 | -       | GraphMethodException | Phone number not found           "
            + " | NO_SUCH_NUMBER     | REFUSED",
        "REGISTER | 422 | 100 | -       | GraphMethodException | already registered or in invalid"
            + " state | STATE_FORBIDS | REFUSED",
        "REGISTER | 429 | 4   | 2446079 | OAuthException       | Registration rate limit exceeded "
            + " | RATE_LIMITED       | LATER",
        "REGISTER | 500 | 2   | -       | GraphMethodException | An unexpected error              "
            + " | PASSING            | UNKNOWN",
        "LOOK     | 400 | 100 | -       | OAuthException       | Invalid version format           "
            + " | VERSION_UNKNOWN    | REFUSED",
        "LOOK     | 400 | 100 | -       | OAuthException       | Invalid phone number ID format   "
            + " | NO_SUCH_NUMBER     | REFUSED",
        "LOOK     | 400 | 100 | -       | OAuthException       | Invalid field requested          "
            + " | FIELD_UNKNOWN      | REFUSED",
        "LOOK     | 401 | 190 | 463     | OAuthException       | Invalid OAuth access token       "
            + " | TOKEN_EXPIRED      | REFUSED",
        "LOOK     | 401 | 190 | 463     | OAuthException       | Session has expired              "
            + " | TOKEN_EXPIRED      | REFUSED",
        "LOOK     | 401 | 104 | -       | OAuthException       | An access token is required      "
            + " | TOKEN_MISSING      | REFUSED",
        "LOOK     | 403 | 200 | 1349174 | OAuthException       | no permission to access          "
            + " | PERMISSION_MISSING | REFUSED",
        "LOOK     | 403 | 200 | 1349175 | OAuthException       | app is not linked to the account "
            + " | APP_NOT_LINKED     | REFUSED",
        "LOOK     | 403 | 200 | 1349176 | OAuthException       | Requires some permission         "
            + " | PERMISSION_MISSING | REFUSED",
        "LOOK     | 404 | 803 | -       | GraphMethodException | Phone number not found           "
            + " | NO_SUCH_NUMBER     | REFUSED",
        "LOOK     | 404 | 803 | -       | GraphMethodException | This phone number has been deleted"
            + " | NUMBER_DELETED    | REFUSED",
        "LOOK     | 404 | 803 | -       | GraphMethodException | Business Account of this could not"
            + " be found | NO_SUCH_ACCOUNT | REFUSED",
        "LOOK     | 422 | 100 | -       | GraphMethodException | The phone number is not registered"
            + " | NOT_REGISTERED    | REFUSED",
        "LOOK     | 422 | 100 | -       | GraphMethodException | Phone number is under review     "
            + " | UNDER_REVIEW       | REFUSED",
        "LOOK     | 422 | 100 | -       | GraphMethodException | information is temporarily"
            + " unavailable | PASSING       | UNKNOWN",
        "LOOK     | 429 | 4   | 2446079 | OAuthException       | Application request limit reached"
            + " | RATE_LIMITED       | LATER",
        "LOOK     | 429 | 17  | 2446079 | OAuthException       | User request limit reached       "
            + " | RATE_LIMITED       | LATER",
        "LOOK     | 429 | 80007 | 2446079 | OAuthException     | Business request limit reached   "
            + " | RATE_LIMITED       | LATER",
        "LOOK     | 500 | 2   | -       | GraphMethodException | An unexpected error              "
            + " | PASSING            | UNKNOWN",
        "LOOK     | 500 | 2   | -       | GraphMethodException | service is temporarily unavailable"
            + " | PASSING           | UNKNOWN",
        "LOOK     | 500 | 2   | -       | GraphMethodException | Database temporarily unavailable "
            + " | PASSING            | UNKNOWN",
      })
  void everyExampleOfMetasIsWhatItIs(
      GraphError.Call call,
      int status,
      int code,
      String subcode,
      String type,
      String message,
      GraphErrorCode line,
      Effect effect) {
    GraphError error = error(call, status, code, subcode, type, message);

    assertThat(GraphErrorCode.of(error)).isEqualTo(line);
    assertThat(line.effect()).isEqualTo(effect);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOOK     | 100 | 33 | Unsupported get request. Object with ID '15551234567' does not exist"
            + " | is not the phone number itself",
        "LOOK     | 100 | -  | Unsupported get request. Please read the documentation | is not the"
            + " phone number itself",
        "LOOK     | 803 | -  | Some of the aliases you requested do not exist: 106 | is not the"
            + " phone number itself",
        "LOOK     | 33  | -  | deleted | is not the phone number itself",
        "LOOK     | 100 | -  | (#100) Tried accessing nonexisting field (status) on node type"
            + " (WhatsAppBusinessAccount) | is the id of a WhatsApp Business Account",
        "LOOK     | 100 | -  | nonexisting field (status) on node type (Business) | is the id of a"
            + " business portfolio",
        "LOOK     | 100 | -  | nonexisting field (status) on node type (Application) | is the id of"
            + " an app",
        "LOOK     | 100 | -  | nonexisting field (status) on node type (User) | is the id of a"
            + " user",
        "LOOK     | 100 | -  | nonexisting field (status) on node type (Page) | is the id of a"
            + " Facebook Page",
        "LOOK     | 100 | -  | nonexisting field (status) on node type (AdAccount) | another kind"
            + " of object (AdAccount)",
        "LOOK     | 100 | -  | nonexisting field (x) on node type (WhatsAppBusinessPhoneNumber) |"
            + " does not tell a field",
        "LOOK     | 100 | -  | nonexisting field (x) on node type"
            + " (WhatsAppBusinessAccountToNumberCurrentStatus) | does not tell a field",
        "LOOK     | 100 | -  | API calls from the server require an appsecret_proof argument |"
            + " wants a proof",
        "REGISTER | 100 | -  | Invalid appsecret_proof provided in the API argument | proof was"
            + " refused",
        "LOOK     | 100 | -  | (#100) Missing Permission | grant whatsapp_business_messaging",
        "REGISTER | 100 | -  | You need a permission on the account | grant"
            + " whatsapp_business_messaging",
        "LOOK     | 299 | -  | anything | grant whatsapp_business_messaging",
        "LOOK     | 10  | -  | anything | grant whatsapp_business_messaging",
        "LOOK     | 3   | -  | capability | grant whatsapp_business_messaging",
        "REGISTER | 200 | -  | You must accept the new terms | accepts them in WhatsApp Manager",
        "LOOK     | 10  | -  | Terms of service were not accepted | accepts them in WhatsApp"
            + " Manager",
        "LOOK     | 200 | -  | The app is not linked to the account | is not linked",
        "REGISTER | 100 | 2388092 | Invalid parameter | choose another one",
        "REGISTER | 100 | -  | Please choose a two-step verification code that is harder to guess |"
            + " choose another one",
        "REGISTER | 131009 | - | Parameter pin is not valid | choose another one",
        "REGISTER | 100 | 2388001 | Cannot create certificate | in use with another WhatsApp"
            + " account",
        "REGISTER | 100 | -  | This number belongs to an existing WhatsApp account | in use with"
            + " another WhatsApp account",
        "REGISTER | 100 | -  | The number is in an invalid state | state that forbids it",
        "REGISTER | 100 | -  | (#100) Expected data localization region: 'IN' | set"
            + " dataLocalizationRegion",
        "REGISTER | 131009 | - | data_localization_region is deprecated in this version | set"
            + " dataLocalizationRegion",
        "LOOK     | 2500 | - | Unknown path components: /v99.0 | set FERRY_GRAPH_VERSION",
        "LOOK     | 2635 | - | You are calling a deprecated version | set FERRY_GRAPH_VERSION",
        "LOOK     | 12  | -  | This was deprecated for versions v3.3 and higher | set"
            + " FERRY_GRAPH_VERSION",
        "LOOK     | 2500 | - | An active access token must be used | saw no access token",
        "LOOK     | 190 | 460 | changed | made invalid",
        "LOOK     | 190 | 467 | logged out | made invalid",
        "LOOK     | 190 | 492 | no role | made invalid",
        "LOOK     | 190 | -  | Malformed access token | invalid or expired",
        "LOOK     | 102 | -  | Session | invalid or expired",
        "REGISTER | 0   | -  | AuthException | invalid or expired",
        "REGISTER | 100 | -  | Could not decrypt the backup | that backupPassword is the one",
        "REGISTER | 131009 | - | Parameter value is not valid | perhaps the backup or its password",
        "REGISTER | 131008 | - | Required parameter is missing | perhaps the backup or its"
            + " password",
        "REGISTER | 100 | -  | Invalid parameter | perhaps the backup or its password",
        "LOOK     | 100 | -  | Invalid parameter | can only be about phoneNumberId",
        "LOOK     | 131009 | - | Parameter value is not valid | can only be about phoneNumberId",
        "REGISTER | 424242 | - | never heard of | not documented",
      })
  void whatAnErrorMeansStandsInItsCodeSubcodeAndText(
      GraphError.Call call, int code, String subcode, String message, String nextStep) {
    GraphError error = error(call, 400, code, subcode, "OAuthException", message);

    assertThat(GraphErrorCode.of(error).effect()).isEqualTo(Effect.REFUSED);
    assertThat(GraphErrorCode.of(error).nextStep(error)).contains(nextStep).endsWith(".");
  }

  @Test
  void anObjectIsRefusedByTypeWhereTheTextSaysNothing() {
    GraphError error = error(LOOK, 400, 100, "-", "GraphMethodException", "Something else");

    assertThat(GraphErrorCode.of(error)).isEqualTo(GraphErrorCode.OBJECT_REFUSED);
  }

  @Test
  void everyRateLimitIsKnown() {
    IntStream.concat(
            IntStream.of(4, 17, 32, 341, 613, 130429, 131048, 131056),
            IntStream.rangeClosed(80000, 80014))
        .forEach(
            code -> {
              GraphErrorCode line = GraphErrorCode.of(error(LOOK, 400, code, "-", "", "limit"));
              assertThat(line).as("%s", code).isEqualTo(GraphErrorCode.RATE_LIMITED);
              assertThat(line.retryAfter(error(LOOK, 400, code, "-", "", "limit"))).isPresent();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "133008, Try again in 12 hours, PT12H",
    "133009, Please retry after 30 minutes, PT30M",
    "133008, Try again later, PT1H",
    "133009, Too fast, PT1H",
    "133016, Try again in 12 hours, PT72H",
    "133015, Just deleted, PT5M"
  })
  void aLockLastsAsLongAsMetaSaysElseAsLongAsIsKnown(int code, String text, Duration wait) {
    GraphError error = error(REGISTER, 400, code, "-", "OAuthException", text);
    GraphErrorCode line = GraphErrorCode.of(error);

    assertThat(line.retryAfter(error)).contains(wait);
    assertThat(line.nextStep(error)).contains("wait until");
  }

  @ParameterizedTest
  @CsvSource({
    "400, false, NOT_DOCUMENTED",
    "400, true, NOT_DOCUMENTED_PASSING",
    "500, false, NOT_DOCUMENTED_PASSING",
    "429, true, NOT_DOCUMENTED_LIMIT"
  })
  void aCodeThatIsNotKnownIsTakenAtItsStatus(int status, boolean passing, GraphErrorCode line) {
    ObjectNode json = envelope(424242, "-", "", "text");
    ((ObjectNode) json.get("error")).put("is_transient", passing);

    assertThat(GraphErrorCode.of(read(REGISTER, status, json))).isEqualTo(line);
  }

  @Test
  void aTokenIsTheFaultOnlyWhereAnotherOneHelps() {
    assertThat(Stream.of(GraphErrorCode.values()).filter(GraphErrorCode::isAboutToken))
        .containsExactlyInAnyOrder(
            GraphErrorCode.PROOF_MISSING,
            GraphErrorCode.PROOF_WRONG,
            GraphErrorCode.TOKEN_EXPIRED,
            GraphErrorCode.TOKEN_REVOKED,
            GraphErrorCode.TOKEN_MISSING,
            GraphErrorCode.TOKEN_REFUSED);
  }

  /**
   * The look sends neither backup nor password, and leaves no attempt that a retry would answer.
   */
  @Test
  void nothingThatALookIsToldPointsToTheBackup() {
    for (String text : new String[] {"backup", "password", "Invalid parameter", "pin", "decrypt"}) {
      for (int code : new int[] {100, 131008, 131009, 190, 200, 10, 803, 368, 424242, 2}) {
        GraphError error = error(LOOK, 400, code, "-", "OAuthException", text);

        assertThat(GraphErrorCode.of(error).nextStep(error))
            .doesNotContainIgnoringCase("backup")
            .doesNotContainIgnoringCase("password")
            .doesNotContain("retry reason");
      }
    }
  }

  private static GraphError error(
      GraphError.Call call, int status, int code, String subcode, String type, String message) {
    return read(call, status, envelope(code, subcode, type, message));
  }

  private static GraphError read(GraphError.Call call, int status, ObjectNode json) {
    return GraphErrorParser.read(call, status, json, new SecretMasker(Stream.of())).orElseThrow();
  }

  private static ObjectNode envelope(int code, String subcode, String type, String message) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode error =
        json.putObject("error").put("code", code).put("type", type).put("message", message);
    if (!subcode.equals("-")) {
      error.put("error_subcode", Long.valueOf(subcode));
    }
    return json;
  }
}
