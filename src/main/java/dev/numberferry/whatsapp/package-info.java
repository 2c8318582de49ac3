/**
 * The Graph API. {@link Registration} calls {@code register}, once and never again; {@link
 * NumberLookup} asks where a number is; {@link NumberHealth}, {@link NumberStorage}, {@link
 * NumberWebhooks} and {@link AppSubscription} ask what is good to know. What WhatsApp answers
 * leaves as outcomes and results with every secret masked: no exception, no HTTP and no JSON.
 *
 * <p>It knows {@code support} and {@code domain}: no ledger, and so not whether a call may be made.
 */
@NullMarked
package dev.numberferry.whatsapp;

import org.jspecify.annotations.NullMarked;
