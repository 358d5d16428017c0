package dev.semel.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Semel;
import dev.semel.books.access.AccessGrantTable;
import dev.semel.books.access.NewAccessGrant;
import dev.semel.server.Client;
import dev.semel.server.TestServer;
import dev.semel.server.tokens.Identity;
import dev.semel.server.tokens.Role;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantedRolesTest {
    private final TestServer server = TestServer.shared();
    private final Client alice = server.as("ACME-ADMIN");
    private final GrantedRoles granted =
            new GrantedRoles(server.bean(Semel.class), server.bean(AccessGrantTable.class));

    @Test
    void userOfAProviderHasWhatWasGrantedUntilItIsRevoked() {
        Identity olga = new Identity("acme", "olga", Set.of(Role.READER));
        String id = alice.post("/api/access-grants", "{\"userId\":\"olga\",\"role\":\"writer\"}")
                .json()
                .path("id")
                .asString();
        assertThat(granted.addTo(olga)).isEqualTo(new Identity("acme", "olga", Set.of(Role.READER, Role.WRITER)));
        Identity namesake = new Identity("globex", "olga", Set.of());
        assertThat(granted.addTo(namesake)).isEqualTo(namesake);
        assertThat(alice.delete("/api/access-grants/" + id).status()).isEqualTo(204);
        assertThat(granted.addTo(olga)).isEqualTo(olga);
    }

    @Test
    void everyRoleCanBeGranted() {
        assertThat(NewAccessGrant.ROLES.split("\\|"))
                .containsExactlyInAnyOrder(
                        Arrays.stream(Role.values()).map(Role::text).toArray(String[]::new));
    }
}
