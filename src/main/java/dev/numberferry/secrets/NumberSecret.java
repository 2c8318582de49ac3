package dev.numberferry.secrets;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.BackupPassword;
import dev.numberferry.domain.Pin;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * What Secrets Manager holds for a number.
 *
 * @param id name of the number's secret
 * @param versionId the version that was read
 * @param pin the PIN, or nothing where the secret says {@code "pin": "generate"}
 * @param token the number's own token, or the shared one
 * @param sharedToken whether the token is the shared one, which may be minutes old
 */
@RecordBuilder
public record NumberSecret(
    String id,
    String versionId,
    Optional<Pin> pin,
    BackupPassword password,
    AccessToken token,
    boolean sharedToken)
    implements NumberSecretBuilder.With {}
