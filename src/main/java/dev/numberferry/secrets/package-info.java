/**
 * Secrets Manager: {@link NumberSecrets} reads PIN, backup password and token of a number, from a
 * secret of its own or from its entry in one for many, and compares them with earlier versions;
 * {@link PinGenerator} makes a PIN and stores it. What is read leaves in types that print as {@code
 * ***}.
 *
 * <p>It knows {@code support} and {@code domain}: not what the secrets are for.
 */
@NullMarked
package dev.numberferry.secrets;

import org.jspecify.annotations.NullMarked;
