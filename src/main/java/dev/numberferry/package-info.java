/**
 * Number Ferry: one {@code register} call that moves a WhatsApp business phone number from the
 * On-Premises API to the Cloud API.
 *
 * <p>Data flows one way: {@code function} → {@code migration} → the rooms outside ({@code
 * whatsapp}, {@code ledger}, {@code secrets}, {@code backup}, {@code messaging}) → {@code support}
 * → {@code domain}. This package itself holds only the operator's settings: {@link FerryConfig} is
 * read by every room above {@code support}, and checked once, when the function starts. It knows
 * {@code domain} and no other room.
 */
@NullMarked
package dev.numberferry;

import org.jspecify.annotations.NullMarked;
