package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One thing that stands in the way of a migration.
 *
 * @param field where it is wrong, as in {@code backup.key} or {@code pin in secret whatsapp/1}
 * @param problem what is wrong, as the rest of a sentence that begins with the field
 * @param cure what to do, as a sentence of its own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String field, String problem, String cure) {}
