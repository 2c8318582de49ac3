/**
 * What came in, and what it is. {@link dev.numberferry.event.Payload} is an event before anybody
 * knows whether it can be used, {@link dev.numberferry.event.EventKind} tells its kind, {@link
 * dev.numberferry.event.Envelope} takes it out of what wrapped it, {@link
 * dev.numberferry.event.Echo} knows what came from here; {@link
 * dev.numberferry.event.MigrationEvent}, {@link dev.numberferry.event.S3Upload}, {@link
 * dev.numberferry.event.SqsMessage} and {@link dev.numberferry.event.HttpRequest} read it. Nothing
 * here carries an event out, or knows who does.
 */
@NullMarked
package dev.numberferry.event;

import org.jspecify.annotations.NullMarked;
