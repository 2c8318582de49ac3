/**
 * The Graph API. {@link Registration} calls {@code register}, once and never again; {@link
 * NumberLookup} asks where a number is; {@link NumberHealth}, {@link NumberStorage}, {@link
 * NumberWebhooks}, {@link AppSubscription} and {@link TokenExpiry} ask what is good to know, and
 * {@link GraphVersion} knows when a version ends. What WhatsApp answers leaves as outcomes and
 * results with every secret masked: no exception, no HTTP and no JSON.
 *
 * <p>It knows {@code support} and {@code domain}: no ledger, and so not whether a call may be made.
 */
@NullMarked
package dev.numberferry.whatsapp;

import org.jspecify.annotations.NullMarked;
