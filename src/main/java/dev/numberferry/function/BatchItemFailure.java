package dev.numberferry.function;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A message of a batch that must be delivered again.
 *
 * @param itemIdentifier the message's id
 */
@RegisterForReflection
public record BatchItemFailure(String itemIdentifier) {}
