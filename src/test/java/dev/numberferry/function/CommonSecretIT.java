package dev.numberferry.function;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the native binary. */
@QuarkusIntegrationTest
class CommonSecretIT extends CommonSecretTest {}
