/**
 * Number Ferry: one {@code register} call that moves a WhatsApp business phone number from the
 * On-Premises API to the Cloud API.
 *
 * <p>Data flows one way: {@code function} → {@code migration} → the rooms outside ({@code
 * whatsapp}, {@code ledger}, {@code secrets}, {@code backup}, {@code messaging}) → {@code support}
 * → {@code domain}. This package itself holds only the operator's settings.
 */
package dev.numberferry;
