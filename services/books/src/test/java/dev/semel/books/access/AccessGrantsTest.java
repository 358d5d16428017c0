package dev.semel.books.access;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.BooksOperations;
import dev.semel.books.TestBooks;
import dev.semel.spring.web.PageRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class AccessGrantsTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    AccessGrantsTest(TestBooks books) {
        this.books = books;
    }

    @Test
    void userHasWhatWasGrantedUntilItIsRevoked() {
        AccessGrant reader = books.grant(caller, "bob", "reader").result();
        AccessGrant writer = books.grant(caller, "bob", "writer").result();
        assertThat(roles("bob")).containsExactlyInAnyOrder("reader", "writer");
        assertThat(roles("Bob")).isEmpty();
        assertThat(list()).containsExactly(reader, writer);
        books.revoke(caller, reader.id());
        assertThat(roles("bob")).containsExactly("writer");
        assertThat(list()).containsExactly(writer);
    }

    @Test
    void roleThatTheUserHasIsNotGrantedTwice() throws SQLException {
        AccessGrant first = books.grant(caller, "bob", "reader").result();
        assertThat(books.grant(caller, "bob", "reader").result()).isEqualTo(first);
        assertThat(books.count("access_grants", caller)).isEqualTo(1);
    }

    @Test
    void revokedRoleCanBeGrantedAgain() {
        AccessGrant first = books.grant(caller, "bob", "reader").result();
        books.revoke(caller, first.id());
        books.revoke(caller, first.id());
        AccessGrant second = books.grant(caller, "bob", "reader").result();
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(roles("bob")).containsExactly("reader");
    }

    @Test
    void lateRetryDoesNotGrantWhatWasRevokedMeanwhile() throws SQLException {
        Key key = TestBooks.newKey();
        NewAccessGrant asked = new NewAccessGrant("bob", "admin");
        AccessGrant grant = grant(key, asked).result();
        books.revoke(caller, grant.id());
        books.forgetKeys(caller);
        Outcome<AccessGrant> late = grant(key, asked);
        assertThat(late.replayed()).isTrue();
        assertThat(late.result()).isEqualTo(grant);
        assertThat(roles("bob")).isEmpty();
    }

    @Test
    void unknownGrantAndOneOfAnotherTenantAreNotFound() {
        UUID others =
                books.grant(TestBooks.newCaller(), "bob", "reader").result().id();
        for (UUID id : List.of(others, UUID.randomUUID())) {
            assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> books.revoke(caller, id));
        }
        assertThat(roles("bob")).isEmpty();
    }

    private Outcome<AccessGrant> grant(Key key, NewAccessGrant asked) {
        return books.semel().execute(BooksOperations.GRANT_USER_ACCESS, caller, key, asked);
    }

    private Set<String> roles(String user) {
        AccessGrantTable grants = new AccessGrantTable(books.jdbc());
        return books.semel().read(caller.tenant(), connection -> grants.roles(caller.tenant(), user));
    }

    private List<AccessGrant> list() {
        AccessGrantTable grants = new AccessGrantTable(books.jdbc());
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> grants.page(caller.tenant(), new PageRequest(500, null))
                                .items());
    }
}
