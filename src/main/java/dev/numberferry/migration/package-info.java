/**
 * The story of a migration: its steps, their order, its endings, and the sweep that finishes what
 * runs have left behind. {@link dev.numberferry.migration.Migrator} has the steps on one screen;
 * {@link dev.numberferry.migration.SideRequests}, {@link dev.numberferry.migration.BrakeControl},
 * {@link dev.numberferry.migration.Sweep} and {@link dev.numberferry.migration.MessageWaits} are
 * called from outside as well, and {@link dev.numberferry.migration.UnfinishedException} is how a
 * run says that its event has to come again. It is the one room that knows the rooms outside, and
 * it does not know which way an event came in.
 */
@NullMarked
package dev.numberferry.migration;

import org.jspecify.annotations.NullMarked;
