package dev.numberferry.whatsapp;

import dev.numberferry.PhoneNumberId;
import dev.numberferry.backup.BackupData;
import dev.numberferry.secrets.AccessToken;
import dev.numberferry.secrets.BackupPassword;
import dev.numberferry.secrets.Pin;
import java.util.Optional;

/**
 * Everything that one {@code register} call carries.
 *
 * @param dataLocalizationRegion a two-letter country code; sent only when it was asked for
 */
public record RegisterCall(
    PhoneNumberId number,
    AccessToken token,
    Pin pin,
    BackupPassword password,
    BackupData backup,
    Optional<String> dataLocalizationRegion) {}
