package dev.semel.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.server.options.Secret;
import dev.semel.server.options.StartException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTokenTest {
    @Test
    void entriesHaveTenantUserRolesAndToken() {
        assertThat(BootstrapToken.parseAll(new Secret("acme:alice:admin:T1, acme:bob:writer+reviewer:a:b")))
                .containsExactly(
                        new BootstrapToken(new Identity("acme", "alice", Set.of(Role.ADMIN)), new Secret("T1")),
                        new BootstrapToken(
                                new Identity("acme", "bob", Set.of(Role.WRITER, Role.REVIEWER)), new Secret("a:b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HIDDEN",
                "acme:alice:HIDDEN",
                "acme:alice:admin:",
                "acme:alice:admin:HID DEN",
                "acme:alice:chief:HIDDEN",
                "acme:alice::HIDDEN",
                "acme:alice:admin+:HIDDEN",
                "acme::admin:HIDDEN",
                "-acme:alice:admin:HIDDEN",
                "ac me:alice:admin:HIDDEN",
                "acme:alice:admin:HIDDEN,"
            })
    void malformedEntryIsRefusedWithoutRepeatingIt(String setting) {
        assertThatThrownBy(() -> BootstrapToken.parseAll(new Secret(setting)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("SEMEL_BOOTSTRAP_TOKENS")
                .hasMessageNotContaining("HIDDEN");
    }
}
