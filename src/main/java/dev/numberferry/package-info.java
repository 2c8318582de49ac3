/**
 * Number Ferry: one {@code register} call that moves a WhatsApp business phone number from the
 * On-Premises API to the Cloud API.
 *
 * <p>This package holds the words that every room shares. Data flows one way: {@code function} →
 * {@code migration} → the rooms outside ({@code secrets}, {@code backup}, {@code whatsapp}, {@code
 * notify}).
 */
package dev.numberferry;
