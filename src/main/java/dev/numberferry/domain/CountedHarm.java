package dev.numberferry.domain;

import java.time.Instant;

/**
 * A harm as the brake counts it, once for each migration.
 *
 * @param at when its call was over, by the ledger's clock
 */
public record CountedHarm(String migrationId, PhoneNumberId phoneNumberId, Harm harm, Instant at) {}
