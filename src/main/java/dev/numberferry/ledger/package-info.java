/**
 * What is remembered across runs and processes, in one DynamoDB table: {@link NumberLedger} has the
 * entry of each number with its attempts, {@link Brake} the brake over all numbers. Every write is
 * conditional on the revision that was read.
 *
 * <p>It knows {@code support} and {@code domain}: neither WhatsApp nor the rules that say whether a
 * call may be made, which are handed in as a function.
 */
@NullMarked
package dev.numberferry.ledger;

import org.jspecify.annotations.NullMarked;
