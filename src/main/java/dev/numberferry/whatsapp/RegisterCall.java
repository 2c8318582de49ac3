package dev.numberferry.whatsapp;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.BackupData;
import dev.numberferry.domain.BackupPassword;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Pin;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Everything that one {@code register} call carries.
 *
 * @param dataLocalizationRegion a two-letter country code; sent only when it was asked for
 * @param tooLate whether the call may no longer be made; asked once more when its connection stands
 *     and nothing of it has been written, on the thread that writes: it must not wait. The
 *     microseconds between that question and the first byte remain
 */
@RecordBuilder
public record RegisterCall(
    PhoneNumberId number,
    AccessToken token,
    Pin pin,
    BackupPassword password,
    BackupData backup,
    Optional<String> dataLocalizationRegion,
    BooleanSupplier tooLate)
    implements RegisterCallBuilder.With {}
