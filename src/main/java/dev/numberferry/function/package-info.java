/**
 * One class a way in: each reads an event, hands it on and answers in the form that its caller
 * takes. Lambda's JSON and the answers of HTTP are here as well. Nothing of this program calls it,
 * and it decides nothing about a number.
 */
@NullMarked
package dev.numberferry.function;

import org.jspecify.annotations.NullMarked;
