package dev.numberferry.domain;

import java.time.Instant;

/**
 * A person has let the brake go.
 *
 * @param at by the ledger's clock
 * @param reason why
 * @param by who did it
 */
public record BrakeRelease(Instant at, String reason, String by) {}
