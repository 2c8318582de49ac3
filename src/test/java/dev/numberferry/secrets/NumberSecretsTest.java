package dev.numberferry.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken.AppSecret;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.VersionMatch;
import dev.numberferry.standin.Sample;
import dev.numberferry.support.Machine;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.LimitExceededException;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class NumberSecretsTest {

  private static final String OLD = "old-version";

  private final FakeStore store = new FakeStore();
  private final NumberSecrets secrets = secrets(store);

  @ParameterizedTest
  @CsvSource({"073519, SAME", "004711, OTHER"})
  void comparesWithAnEarlierVersion(String pin, VersionMatch match) {
    store.versions.put(OLD, () -> text(OLD, "\uFEFF{\"pin\": \"" + pin + "\", \"x\": 1}"));

    assertThat(compare()).isEqualTo(match);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no JSON", "{\"pin\": 73519}", "{}", "{\"pin\": null}", "[]", " ", "{\u0000"})
  void aVersionWithoutAPinThatCanBeReadIsGone(String old) {
    store.versions.put(OLD, () -> text(OLD, old));

    assertThat(compare()).isEqualTo(VersionMatch.GONE);
  }

  @Test
  void aVersionThatIsNotThereOrDeletedOrBinaryIsGone() {
    store.versions.put(OLD, () -> failing(ResourceNotFoundException.builder(), 400, "x"));
    assertThat(compare()).isEqualTo(VersionMatch.GONE);
    store.versions.put(
        OLD, () -> failing(InvalidRequestException.builder(), 400, "it was marked for deletion"));
    assertThat(compare()).isEqualTo(VersionMatch.GONE);
    store.versions.put(
        OLD,
        () ->
            GetSecretValueResponse.builder()
                .versionId(OLD)
                .secretBinary(SdkBytes.fromUtf8String("{\"pin\": \"073519\"}"))
                .build());
    assertThat(compare()).isEqualTo(VersionMatch.GONE);
  }

  @Test
  void onlyTheNumbersOwnEntryTellsAnEarlierVersionOfASecretForManyFromThis() {
    assertThat(compareEntry(secret -> {})).isEqualTo(VersionMatch.SAME);
    assertThat(compareEntry(secret -> secret.put("accessToken", "x").put("appSecret", "x")))
        .isEqualTo(VersionMatch.SAME);
    assertThat(compareEntry(secret -> entry(secret, Sample.NEIGHBOUR).put("pin", "004711")))
        .isEqualTo(VersionMatch.SAME);
    assertThat(compareEntry(secret -> entry(secret, Sample.NUMBER).put("note", "x")))
        .isEqualTo(VersionMatch.SAME);
    for (String field : List.of("pin", "backupPassword", "accessToken", "appSecret")) {
      assertThat(compareEntry(secret -> entry(secret, Sample.NUMBER).put(field, "004711")))
          .as(field)
          .isEqualTo(VersionMatch.OTHER);
    }
  }

  /** A line break behind a token, or an app secret that no token needs, is no other attempt. */
  @Test
  void entriesAreEqualWhereTheSameWouldBeSent() {
    ObjectNode trimmed = Sample.secretForMany();
    entry(trimmed, Sample.NUMBER).put("accessToken", " x\n").put("appSecret", "y\n");
    assertThat(compareEntry(earlier -> own(earlier, "x", "y"), trimmed))
        .isEqualTo(VersionMatch.SAME);
    assertThat(compareEntry(earlier -> own(earlier, "x", "z"), trimmed))
        .isEqualTo(VersionMatch.OTHER);
    assertThat(compareEntry(earlier -> own(earlier, "x", null), trimmed))
        .isEqualTo(VersionMatch.OTHER);
    ObjectNode spaced = Sample.secretForMany();
    entry(spaced, Sample.NUMBER).put("backupPassword", Sample.PASSWORD + " ");
    assertThat(compareEntry(earlier -> {}, spaced)).isEqualTo(VersionMatch.OTHER);
  }

  @Test
  void anAppSecretCountsOnlyBesideATokenThatItIsFor() {
    NumberFields shared = parsed(secret -> entry(secret, Sample.NUMBER).put("appSecret", "y"));
    NumberFields none = parsed(secret -> {});
    assertThat(none.own().fields().isSentAs(shared.own().fields(), false)).isTrue();
    assertThat(none.own().fields().isSentAs(shared.own().fields(), true)).isFalse();
  }

  private static NumberFields parsed(Consumer<ObjectNode> change) {
    ObjectNode secret = Sample.secretForMany();
    change.accept(secret);
    return EntryParser.parse(
        new StoredSecret("whatsapp/many", "v", secret.toString()),
        new PhoneNumberId(Sample.NUMBER));
  }

  private static void own(ObjectNode secret, String token, String appSecret) {
    entry(secret, Sample.NUMBER).put("accessToken", token);
    if (appSecret != null) {
      entry(secret, Sample.NUMBER).put("appSecret", appSecret);
    }
  }

  @Test
  void anEarlierEntryThatCannotBeReadIsGoneOrUnreadableOrComparedLater() {
    assertThat(compareEntry(secret -> entries(secret).remove(Sample.NUMBER)))
        .isEqualTo(VersionMatch.GONE);
    assertThat(compareEntry(secret -> entries(secret).put(Sample.NUMBER, Sample.PIN)))
        .isEqualTo(VersionMatch.GONE);
    assertThat(compareEntry(() -> failing(ResourceNotFoundException.builder(), 400, "x")))
        .isEqualTo(VersionMatch.GONE);
    assertThat(compareEntry(() -> failing(400, "AccessDeniedException", "x")))
        .isEqualTo(VersionMatch.UNREADABLE);
    assertThatThrownBy(() -> compareEntry(() -> failing(500, "InternalServiceError", "x")))
        .isInstanceOf(StoreException.class);
  }

  /** Each version of a number's own secret is another attempt, whatever is in it. */
  @Test
  void aNumbersOwnSecretIsComparedByItsVersionAlone() {
    store.versions.put(null, () -> text("now", Sample.secret()));

    assertThat(secrets.compareEntry(read(), OLD)).isEqualTo(VersionMatch.OTHER);
  }

  private VersionMatch compareEntry(Consumer<ObjectNode> change) {
    ObjectNode earlier = Sample.secretForMany();
    change.accept(earlier);
    return compareEntry(() -> text(OLD, earlier.toString()));
  }

  private VersionMatch compareEntry(Consumer<ObjectNode> change, ObjectNode now) {
    ObjectNode earlier = Sample.secretForMany();
    change.accept(earlier);
    return compareEntry(() -> text(OLD, earlier.toString()), now);
  }

  private VersionMatch compareEntry(Supplier<GetSecretValueResponse> earlier) {
    return compareEntry(earlier, Sample.secretForMany());
  }

  private VersionMatch compareEntry(Supplier<GetSecretValueResponse> earlier, ObjectNode now) {
    store.versions.put(null, () -> text("now", now.toString()));
    store.versions.put(OLD, earlier);
    return secrets.compareEntry(read(), OLD);
  }

  private static ObjectNode entries(ObjectNode secret) {
    return (ObjectNode) secret.path("numbers");
  }

  private static ObjectNode entry(ObjectNode secret, String number) {
    return (ObjectNode) entries(secret).path(number);
  }

  /** A comma was forgotten, say, before {@code numbers}: nobody can tell whose such a text is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'accessToken': 'x' 'numbers': {}} | false",
        "{'numbers': {} | false",
        "{'numbers': {}} | false",
        "{'pin': '073519'} | true",
        "{'pin': '073519', 'numbers': 'none'} | true",
        "{'pin': 73519} | true",
        "[] | true",
      })
  void onlyOfATextThatHasOneNumberTheNameTellsWhose(String text, boolean byName) {
    store.versions.put(null, () -> text("now", text.replace('\'', '"')));

    assertThat(readAny().isNamedAfterItsNumber()).isEqualTo(byName);
  }

  @Test
  void whatIsNoJsonIsToldWithItsPlace() {
    store.versions.put(null, () -> text("now", "{\"pin\": \"073519\",\n \"x\": 1 \"y\": 2}"));

    assertThat(readAny().findings().all())
        .extracting(Finding::problem)
        .containsExactly("is no JSON from line 2, column 9 on");
    StoredSecret shared = new StoredSecret("shared", "1", "{\"accessToken\": \"x\"");
    assertThatThrownBy(() -> AccessTokenParser.readShared(shared))
        .hasMessage("secret shared is no JSON from line 1, column 20 on");
  }

  @Test
  void aNumbersOwnSecretMayHaveNumbersThatAreNoEntries() {
    for (String stray : List.of("\"later\"", "7", "[1]", "null")) {
      store.versions.put(
          null,
          () -> text("now", Sample.secret().replaceFirst("\\{", "{\"numbers\": " + stray + ",")));

      assertThat(read().entry()).isEmpty();
      assertThat(read().pin().orElseThrow().value()).isEqualTo(Sample.PIN);
    }
  }

  @Test
  void aValueInABackupIsPlacedWhereItStands() {
    ObjectNode secret = Sample.secretForMany().put("appSecret", "for-all");
    store.versions.put(null, () -> text("now", secret.toString()));
    assertThat(read().placeOf(new AppSecret("for-all")))
        .contains("appSecret in secret whatsapp/106540352242922");

    entry(secret, Sample.NUMBER).put("appSecret", "own");
    assertThat(read().placeOf(new AppSecret("own")))
        .contains("appSecret in entry 106540352242922 of secret whatsapp/106540352242922");
  }

  private SecretReading readAny() {
    return secrets.read(new PhoneNumberId(Sample.NUMBER), Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"400, ThrottlingException", "500, InternalServiceError", "503, ServiceUnavailable"})
  void aVersionThatCannotBeReadJustNowIsNotGone(int status, String code) {
    store.versions.put(OLD, () -> failing(status, code, "x"));

    assertThatThrownBy(this::compare).isInstanceOf(StoreException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException",
    "403, AccessDenied",
    "400, DecryptionFailure",
    "400, KMSDisabledException"
  })
  void aVersionThatMayNotBeReadIsNoneThatComesByWaiting(int status, String code) {
    store.versions.put(OLD, () -> failing(status, code, "x"));

    assertThat(compare()).isEqualTo(VersionMatch.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "a\\ude00b", "\uFFFD"})
  void aPasswordWithADestroyedCharacterIsNamed(String password) {
    store.versions.put(
        null,
        () ->
            text(
                "now",
                Sample.secret()
                    .replaceAll(
                        "(\"backupPassword\": \").*?\", ",
                        "$1" + password.replace("\\", "\\\\") + "\", ")));

    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "backupPassword in secret whatsapp/106540352242922 has a character in it that a wrong"
                + " encoding has destroyed");
  }

  @Test
  void aPinIsNotStoredWhereTheSecretTakesNoVersion() {
    assertPinNotStored(
        () -> failing(InvalidRequestException.builder(), 400, "it was marked for deletion"),
        InvalidInputException.class,
        "secret whatsapp/106540352242922 is marked for deletion");
    assertPinNotStored(
        () -> failing(InvalidRequestException.builder(), 400, "managed by another service"),
        InvalidInputException.class,
        "secret whatsapp/106540352242922 cannot be used");
    assertPinNotStored(
        () -> failing(ResourceNotFoundException.builder(), 400, "can't find the specified secret."),
        InvalidInputException.class,
        "secret whatsapp/106540352242922 does not exist");
  }

  @Test
  void aPinIsNotStoredNow() {
    assertPinNotStored(
        () -> failing(LimitExceededException.builder(), 400, "x"),
        StoreException.class,
        "secretsmanager:PutSecretValue on secret whatsapp/106540352242922 failed: it has too many"
            + " new versions");
    assertPinNotStored(
        () -> failing(ResourceExistsException.builder(), 400, "x"),
        StoreException.class,
        "secret whatsapp/106540352242922 was changed by somebody else a moment ago");
    assertPinNotStored(
        () -> failing(400, "EncryptionFailure", "x"),
        StoreException.class,
        "kms:Decrypt and kms:GenerateDataKey on the key of secret whatsapp/106540352242922 was"
            + " denied: EncryptionFailure");
    assertPinNotStored(
        () -> failing(500, null, null),
        StoreException.class,
        "secretsmanager:PutSecretValue on secret whatsapp/106540352242922 failed: HTTP 500");
    assertPinNotStored(
        () -> {
          throw new IllegalStateException("quotes " + Sample.TOKEN);
        },
        StoreException.class,
        "a new PIN could not be stored in secret whatsapp/106540352242922");
  }

  private void assertPinNotStored(
      Supplier<PutSecretValueResponse> put, Class<? extends Exception> kind, String message) {
    store.versions.put(null, () -> text("now", Sample.secret().replace(Sample.PIN, "generate")));
    store.put = put;
    NumberSecret secret = read();

    assertThatThrownBy(
            () ->
                new PinGenerator(new SecretStore(store), new Machine())
                    .generate(secret, "new-version"))
        .isInstanceOf(kind)
        .hasMessage(message)
        .hasNoCause();
  }

  private NumberSecret read() {
    return readAny().usable();
  }

  private VersionMatch compare() {
    store.versions.put(null, () -> text("now", Sample.secret()));
    NumberSecret secret = read();
    return secrets.comparePin(secret, Sample.SECRET_ID, OLD);
  }

  private static GetSecretValueResponse text(String version, String text) {
    return GetSecretValueResponse.builder().versionId(version).secretString(text).build();
  }

  private static <T> T failing(int status, String code, String message) {
    return failing(SecretsManagerException.builder(), status, code, message);
  }

  private static <T> T failing(SecretsManagerException.Builder kind, int status, String message) {
    return failing(kind, status, "Code", message);
  }

  private static <T> T failing(
      SecretsManagerException.Builder kind, int status, String code, String message) {
    throw (RuntimeException)
        kind.statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build();
  }

  private static NumberSecrets secrets(FakeStore client) {
    FerryConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(FerryConfig.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .build()
            .getConfigMapping(FerryConfig.class);
    SecretStore store = new SecretStore(client);
    Machine machine = new Machine();
    return new NumberSecrets(config, store, new SharedTokenCache(config, store, machine), machine);
  }

  /** Secrets Manager with one secret. */
  private static final class FakeStore implements SecretsManagerClient {

    /** What each version answers; the current one has no name. */
    private final Map<String, Supplier<GetSecretValueResponse>> versions = new HashMap<>();

    private Supplier<PutSecretValueResponse> put;

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      return versions.get(request.versionId()).get();
    }

    @Override
    public PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
      return put.get();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
