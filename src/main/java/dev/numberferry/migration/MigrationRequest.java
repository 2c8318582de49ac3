package dev.numberferry.migration;

import dev.numberferry.PhoneNumberId;
import dev.numberferry.backup.BackupSource;
import java.util.Optional;

/**
 * A wish to move one number, with everything in it checked that can be checked without looking
 * outside.
 *
 * @param secretId name of the number's secret, where the event gives one
 * @param dataLocalizationRegion a two-letter country code, where the event gives one
 * @param expectedNumber the phone number that the id must belong to, where the event gives one
 * @param retry the operator's reason for one more attempt, where the event gives one
 * @param dryRun whether to stop before anything is claimed or sent
 * @param trigger which way in it came
 */
public record MigrationRequest(
    PhoneNumberId phoneNumberId,
    BackupSource backup,
    Optional<String> secretId,
    Optional<String> dataLocalizationRegion,
    Optional<String> expectedNumber,
    Optional<String> retry,
    boolean dryRun,
    String trigger) {}
