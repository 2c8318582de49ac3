package dev.numberferry.function;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the native binary, whose heap is small. */
@QuarkusIntegrationTest
class LargeEventIT extends LargeEventTest {}
