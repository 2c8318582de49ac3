/**
 * SNS and SQS: {@link ResultTopic} publishes results and messages of the brake, to mails as a text
 * ({@link ResultMail}, {@link BrakeMail}), {@link MigrationQueue} takes migrations whose caller
 * does not wait, {@link MessageVisibility} says when a message comes back. {@link RegionCheck}
 * keeps a function that calls from starting where these are out of its reach.
 *
 * <p>It knows {@code support} and {@code domain}: not why something is published.
 */
@NullMarked
package dev.numberferry.messaging;

import org.jspecify.annotations.NullMarked;
