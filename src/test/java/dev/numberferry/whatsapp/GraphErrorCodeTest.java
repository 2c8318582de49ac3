package dev.numberferry.whatsapp;

import static dev.numberferry.whatsapp.GraphError.Call.LOOK;
import static dev.numberferry.whatsapp.GraphError.Call.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.whatsapp.GraphErrorCode.Effect;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            + " unavailable | WILL_PASS     | UNKNOWN",
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
        "LOOK     | 100 | -  | nonexisting field (status) on node type (AdAccount) | is the id of"
            + " an ad account",
        "LOOK     | 100 | -  | nonexisting field (status) on node type (ProductCatalog) | is the id"
            + " of a product catalog",
        "LOOK     | 100 | -  | nonexisting field (status) on node type (ShadowIGUser) | is the id"
            + " of an Instagram account",
        "LOOK     | 100 | -  | nonexisting field (status) on node type (IGUser) | is the id of an"
            + " Instagram account",
        "LOOK     | 100 | -  | nonexisting field (status) on node type (WhatsAppMessageTemplate) |"
            + " is the id of a message template",
        "LOOK     | 100 | -  | nonexisting field (status) on node type"
            + " (WhatsAppBusinessPreVerifiedPhoneNumber) | is the id of a pre-verified phone"
            + " number",
        "LOOK     | 100 | -  | nonexisting field (status) on node type (Unheard) | another kind"
            + " of object (Unheard)",
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
        "LOOK     | 200 | -  | API access blocked. | App Dashboard",
        "REGISTER | 200 | -  | API access blocked. | App Dashboard",
        "LOOK     | 200 | -  | API access deactivated. To reactivate, go to the app dashboard. |"
            + " its developer's account",
        "LOOK     | 190 | -  | Error validating application. Application has been deleted. | App"
            + " Dashboard",
        "LOOK     | 200 | -  | Access is temporarily disabled for non-active accounts | App"
            + " Dashboard",
        "LOOK     | 10  | -  | Developer registration is required | its developer's account",
        "LOOK     | 1   | -  | API access blocked. | App Dashboard",
        "REGISTER | 131005 | - | API access blocked. | see to it in WhatsApp Manager",
        "LOOK     | 2   | -  | API access has been deactivated | App Dashboard",
        "LOOK     | 10  | -  | The developer account of this app is disabled | its developer's"
            + " account",
        "LOOK     | 200 | -  | You do not have the permission: need a developer account role on the"
            + " app | grant whatsapp_business_messaging",
        "LOOK     | 10  | -  | The request IP is not whitelisted for this app | IP allow list",
        "LOOK     | 10  | -  | IP 192.0.2.1 is not in the list of this app | IP allow list",
        "LOOK     | 200 | -  | The app's allow-list does not have this IP | IP allow list",
        "LOOK     | 5   | -  | This IP can't make requests for that application. | IP allow list",
        "LOOK     | 190 | 459 | You cannot access the app till you log in to www.facebook.com |"
            + " log in at facebook.com",
        "LOOK     | 190 | 464 | Sessions for the user are not allowed | log in at facebook.com",
        "LOOK     | 190 | 490 | Error validating access token | log in at facebook.com",
        "LOOK     | 190 | -  | The user is enrolled in a blocking, logged-in checkpoint | log in at"
            + " facebook.com",
        "LOOK     | 190 | 467 | the user is not a confirmed user | log in at facebook.com",
        "LOOK     | 459 | -  | The session is invalid | log in at facebook.com",
        "REGISTER | 190 | 458 | not installed | made invalid",
        "LOOK     | 190 | 466 | explicitly | made invalid",
        "LOOK     | 102 | 460 | changed | made invalid",
        "LOOK     | 190 | -  | The session has been invalidated because the user changed their"
            + " password | made invalid",
        "LOOK     | 190 | 463 | Session has expired. Please log in at facebook.com | has expired",
        "LOOK     | 190 | 460 | The user hit a checkpoint | made invalid",
        "LOOK     | 190 | 463 | The session has expired, the application is restricted | has"
            + " expired",
        "LOOK     | 190 | 458 | not a confirmed user of an app that has been deleted | made"
            + " invalid",
        "LOOK     | 190 | -  | The user has not authorized application 123 | made invalid",
        "LOOK     | 190 | -  | Session has expired on Monday | has expired",
        "LOOK     | 463 | -  | The session expired | has expired",
        "REGISTER | 100 | 2388001 | Cannot Create Certificate: the display name must be approved |"
            + " display name",
        "REGISTER | 100 | 2388001 | Cannot Create Certificate: registered to an existing WhatsApp"
            + " account | in use with another WhatsApp account",
        "REGISTER | 100 | -  | The verified name of this number was rejected | display name",
        "REGISTER | 136025 | - | Cannot be migrated | display name",
        "REGISTER | 131037 | - | Approval is missing | display name",
        "REGISTER | 130497 | - | Restricted in this country | see to it in WhatsApp Manager",
        "REGISTER | 100 | -  | The parameter backup is no longer supported | stop",
        "REGISTER | 131009 | - | backup is deprecated | stop",
        "REGISTER | 100 | -  | Unexpected key backup: it was removed | stop",
        "REGISTER | 3   | -  | Migration from the On-Premises API has been discontinued | stop",
        "REGISTER | 133001 | - | Failed to decrypt the backup | that backupPassword is the one",
      })
  void whatAnErrorMeansStandsInItsCodeSubcodeAndText(
      GraphError.Call call, int code, String subcode, String message, String nextStep) {
    GraphError error = error(call, 400, code, subcode, "OAuthException", message);

    assertThat(GraphErrorCode.of(error).effect()).isEqualTo(Effect.REFUSED);
    assertThat(step(error)).contains(nextStep).endsWith(".");
  }

  /** The number may have moved: no word of another line's makes a refusal of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false | The parameter backup is no longer accepted at the moment, try again later",
        "true  | The parameter backup is no longer accepted",
        "false | The display name is being saved. Please try again later",
        "true  | The display name could not be read",
        "false | The application is disabled temporarily",
        "true  | API access is blocked",
        "true  | Two-step verification PIN could not be checked, please try again later",
        "false | Number is not registered yet, please try again later",
      })
  void whatPassesStaysUnknownWhateverElseItMentions(boolean passing, String message) {
    ObjectNode json = envelope(100, "-", "OAuthException", message);
    ((ObjectNode) json.get("error")).put("is_transient", passing);

    assertThat(GraphErrorCode.of(read(REGISTER, 400, json)).effect()).isEqualTo(Effect.UNKNOWN);
  }

  /** One text for each line that an error of code 100 can be. */
  private static final Set<String> TEXTS_OF_100 =
      Set.of(
          "API access blocked",
          "This IP is not allowed",
          "Calls require an appsecret_proof",
          "Invalid appsecret_proof",
          "nonexisting field (status) on node type (Page)",
          "This phone number has been deleted",
          "The Business Account could not be found",
          "Object with ID '1' does not exist",
          "You must accept the terms",
          "The parameter backup is no longer supported",
          "Missing permission",
          "Expected data localization region",
          "Invalid version format",
          "Invalid field requested",
          "The display name is not approved",
          "It belongs to an existing WhatsApp account",
          "The number is already registered",
          "The number is not registered",
          "The number is under review",
          "Invalid PIN",
          "The backup could not be decrypted",
          "Blamed is phone_number_id",
          "Blamed is messaging_product",
          "Blamed is access_token",
          "Something else");

  @Test
  void noTextMakesARefusalOfWhatSaysThatItPasses() {
    Set<GraphErrorCode> lasting = EnumSet.noneOf(GraphErrorCode.class);
    for (GraphError.Call call : GraphError.Call.values()) {
      for (String text : TEXTS_OF_100) {
        for (String subcode : new String[] {"-", "33", "2388001", "2388092"}) {
          for (int code : new int[] {100, 131008, 131009}) {
            for (String type : new String[] {"OAuthException", "GraphMethodException"}) {
              ObjectNode json = envelope(code, subcode, type, text);
              if (text.startsWith("Blamed is ")) {
                ((ObjectNode) json.get("error"))
                    .putArray("blame_field_specs")
                    .addArray()
                    .add(text.substring("Blamed is ".length()));
              }
              lasting.add(GraphErrorCode.of(read(call, 400, json)));
              ((ObjectNode) json.get("error")).put("is_transient", true);

              assertThat(GraphErrorCode.of(read(call, 400, json)).effect())
                  .as("%s: %s", call, json)
                  .isEqualTo(Effect.UNKNOWN);
            }
          }
        }
      }
    }
    Set<GraphErrorCode> ofOtherCodes =
        EnumSet.range(GraphErrorCode.PIN_MISMATCH, GraphErrorCode.RATE_LIMITED);
    ofOtherCodes.addAll(
        EnumSet.range(GraphErrorCode.TOKEN_NEEDS_LOG_IN, GraphErrorCode.TOKEN_MISSING));
    ofOtherCodes.addAll(
        EnumSet.range(GraphErrorCode.NOT_DOCUMENTED_LIMIT, GraphErrorCode.NOT_DOCUMENTED));
    ofOtherCodes.addAll(
        Set.of(GraphErrorCode.WILL_PASS, GraphErrorCode.APP_NOT_LINKED, GraphErrorCode.PASSING));
    assertThat(lasting)
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(ofOtherCodes)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 100, 424242})
  void aWaitThatIsToldIsTheOneThatIsNamed(int code) {
    ObjectNode json = envelope(code, "-", "OAuthException", "Service is temporarily unavailable");
    GraphError error = read(LOOK, 503, json);
    GraphErrorCode line = GraphErrorCode.of(error);

    assertThat(new GraphFailure(error, line, Optional.of(Duration.ofHours(2))).nextStep())
        .contains("; wait until retryAfter, then send the same event again.");
    assertThat(step(error)).contains("; wait some minutes, then send the same event again.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100     | -       | Invalid parameter backup: unsupported format",
        "100     | -       | Backup password contains unsupported characters",
        "100     | -       | The backup is no longer valid, create a new one",
        "100     | -       | The parameter backup is of a format that is no longer supported",
        "100     | -       | created with an unsupported version of the On-Premises API",
        "100     | -       | The parameter backup is of version 2.29, which is no longer supported",
        "100     | -       | This version of the backup is no longer supported",
        "100     | -       | The backup of this number was removed",
        "100     | -       | The number was shut down on-premises, it is no longer available",
        "100     | -       | Unexpected key 'data' in backup",
        "100     | -       | Unknown field backup.foo",
        "100     | -       | Unknown field backup_type",
        "100     | -       | Invalid backup: padding was removed",
        "131009  | -       | The number is not registered on-premises: unsupported",
        "100     | 2388092 | on-premise pin not supported in backup",
        "100     | 2388092 | The parameter backup is no longer supported with this pin",
      })
  void aFlawOfOneBackupIsNotTheEndOfThemAll(int code, String subcode, String message) {
    GraphError error = error(REGISTER, 400, code, subcode, "OAuthException", message);

    assertThat(GraphErrorCode.of(error)).isNotEqualTo(GraphErrorCode.BACKUP_ENDED);
    assertThat(GraphErrorCode.of(error).effect()).isEqualTo(Effect.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid parameter: backup is no longer accepted",
        "The parameter 'backup' of this call has been deprecated",
        "The backup parameter is discontinued",
        "(#100) Unexpected key \"backup\" on the call",
        "Unknown parameter: backup",
        "The On-Premises API has ended",
        "(#100) The 'backup' parameter is no longer supported",
        "Backups are no longer supported",
        "Registering with a backup from the On-Premises API is no longer supported",
        "Migration from On-Premises is no longer available",
        "The parameter backup is no longer supported in version v26.0",
        "backup parameter has been removed",
        "Support for backups has ended",
        "The backup field is no longer available in this version",
        "The On-Premises API was shut down"
      })
  void theEndOfAllBackupsIsToldAsThat(String message) {
    GraphError error = error(REGISTER, 400, 100, "-", "OAuthException", message);

    assertThat(GraphErrorCode.of(error)).isEqualTo(GraphErrorCode.BACKUP_ENDED);
  }

  @Test
  void aBackupThatIsDeprecatedIsNoVersionThatIs() {
    String message = "(#12) backup field is deprecated for versions v26.0 and higher";

    assertThat(GraphErrorCode.of(error(REGISTER, 400, 12, "-", "OAuthException", message)))
        .isEqualTo(GraphErrorCode.BACKUP_ENDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"accept%sterms", "terms%saccept"})
  void termsAreAcceptedInOneSentence(String form) {
    String near = form.formatted(" a ".repeat(20));
    String far = form.formatted(" a ".repeat(2_000));

    assertThat(GraphErrorCode.of(error(LOOK, 400, 200, "-", "", near)))
        .isEqualTo(GraphErrorCode.TERMS);
    assertThat(GraphErrorCode.of(error(LOOK, 400, 200, "-", "", far)))
        .isNotEqualTo(GraphErrorCode.TERMS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "REGISTER | {\"blame_field_specs\": [[\"pin\"]]} | choose another one",
        "REGISTER | {\"blame_field_specs\": [[\"backup\", \"password\"]]} | the backup or its"
            + " password",
        "REGISTER | {\"blame_field_specs\": [[\"data_localization_region\"]]} |"
            + " dataLocalizationRegion",
        "REGISTER | {\"blame_field_specs\": [[\"messaging_product\"]]} | value of"
            + " messaging_product",
        "REGISTER | {\"blame_field_specs\": [[\"messaging_product\"]]} | with fbtraceId.",
        "REGISTER | {\"blame_field_specs\": [[\"settings\", \"data\"]]} | where it comes from",
        "LOOK     | {\"blame_field_specs\": [[\"id\"]]} | value of id",
        "LOOK     | {\"blame_field_specs\": [[\"metadata\"]]} | with fbtraceId.",
        "LOOK     | {\"blame_field_specs\": [[\"access_token\"]]} | store a new one",
        "REGISTER | {\"blame_field_specs\": [[\"access_token\"]]} | store a new one"
      })
  void theStepIsAboutWhatIsBlamed(GraphError.Call call, String data, String nextStep)
      throws IOException {
    ObjectNode json = envelope(100, "-", "OAuthException", "Invalid parameter");
    ((ObjectNode) json.get("error")).set("error_data", new ObjectMapper().readTree(data));
    GraphError error = read(call, 400, json);

    assertThat(step(error)).contains(nextStep).doesNotContain("perhaps the backup");
  }

  @Test
  void anObjectIsNamedWhereverTheErrorNamesIt() {
    ObjectNode json = envelope(100, "-", "OAuthException", "Invalid parameter");
    ((ObjectNode) json.get("error"))
        .put(
            "error_user_msg", "Tried accessing nonexisting field (status) on node type (Business)");
    GraphError error = read(LOOK, 400, json);

    assertThat(step(error)).contains("a business portfolio");
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
    assertThat(step(error)).contains("wait until");
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

  /** What it did to the number is not known. */
  @Test
  void withoutACodeNoTextMakesARefusal() {
    ObjectNode json = envelope(0, "-", "OAuthException", "API access blocked.");
    ((ObjectNode) json.path("error")).remove("code");

    assertThat(GraphErrorCode.of(read(REGISTER, 400, json)))
        .isNotEqualTo(GraphErrorCode.APP_BLOCKED);
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
            GraphErrorCode.TOKEN_NEEDS_LOG_IN,
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

        assertThat(step(error))
            .doesNotContainIgnoringCase("backup")
            .doesNotContainIgnoringCase("password")
            .doesNotContain("retry reason");
      }
    }
  }

  private static String step(GraphError error) {
    return new GraphFailure(error, GraphErrorCode.of(error), Optional.empty()).nextStep();
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
