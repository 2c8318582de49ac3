package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.BackupData;
import dev.numberferry.domain.BackupPassword;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Pin;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * Everything that one {@code register} call carries.
 *
 * @param dataLocalizationRegion a two-letter country code; sent only when it was asked for
 */
@RecordBuilder
public record RegisterCall(
    PhoneNumberId number,
    AccessToken token,
    Pin pin,
    BackupPassword password,
    BackupData backup,
    Optional<String> dataLocalizationRegion) {}
