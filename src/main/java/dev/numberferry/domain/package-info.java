/**
 * The words of the trade: what a migration is asked for, what is seen of a number, how a run ends,
 * and when the brake is engaged. Plain records, enums and sealed types, which decide what follows
 * from their own parts and do nothing.
 *
 * <p>Every room may use all of it. It knows no other room, no AWS, no HTTP, no Quarkus and no log.
 */
@NullMarked
package dev.numberferry.domain;

import org.jspecify.annotations.NullMarked;
