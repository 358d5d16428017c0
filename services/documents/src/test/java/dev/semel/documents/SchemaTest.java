package dev.semel.documents;

import static dev.semel.documents.TestDocuments.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.Caller;
import dev.semel.documents.content.ContentHash;
import dev.semel.documents.versions.NewDocument;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself holds, whoever writes. */
@ExtendWith(DocumentsExtension.class)
class SchemaTest {
    private static final String FOREIGN_KEY = "23503";
    private static final String CHECK = "23514";
    private static final String FORBIDDEN = "42501";
    private static final String GENERATED = "428C9";
    private static final String ID = "00000000-0000-0000-0000-000000000001";

    private final TestDocuments documents;
    private final Caller caller = TestDocuments.newCaller();

    SchemaTest(TestDocuments documents) {
        this.documents = documents;
    }

    @Test
    void activeVersionCannotBeDeletedByWhomever() {
        documents.documentOf(caller, 2);
        assertRefused(FOREIGN_KEY, "UPDATE semel_documents.document_versions SET deleted = true WHERE version = 1");
        assertRefused(GENERATED, "UPDATE semel_documents.documents SET active_deleted = true");
    }

    @Test
    void activeVersionIsOneThatIsThereAndNotDeleted() {
        UUID document = documents.documentOf(caller, 2).id();
        documents.engine().delete(caller, newKey(), document, 2);
        assertRefused(FOREIGN_KEY, "UPDATE semel_documents.documents SET active_version = 2");
        assertRefused(FOREIGN_KEY, "UPDATE semel_documents.documents SET active_version = 3");
        assertThat(documents.versions(document)).containsExactly("1 active", "2 deleted");
    }

    @Test
    void documentWithoutVersionCannotBeCommitted() {
        assertRefused(
                FOREIGN_KEY,
                "INSERT INTO semel_documents.documents (tenant_id, id, title, created_by) VALUES ('%s', '%s', 'x', 'x')"
                        .formatted(caller.tenant(), ID));
    }

    @Test
    void numbersHaveNoGaps() {
        documents.document(caller);
        assertRefused(FOREIGN_KEY, version("3", "''"));
        assertRefused(FOREIGN_KEY, "UPDATE semel_documents.documents SET last_version = 2");
    }

    @Test
    void versionHasItsContentAndNoOther() {
        documents.document(caller);
        assertRefused(FOREIGN_KEY, version("2", "NULL"));
        assertRefused(CHECK, version("2", "'altered'"));
    }

    /** Of empty content. */
    private static String version(String number, String inline) {
        return """
                INSERT INTO semel_documents.document_versions
                    (tenant_id, document_id, version, id, content_type, content_hash, size, inline_content, created_by)
                SELECT tenant_id, id, %s, '%s', 'text/plain', '%s', 0, %s, 'x' FROM semel_documents.documents
                """.formatted(number, ID, ContentHash.of(""), inline);
    }

    @Test
    void referencedBlobCannotBeDeleted() {
        documents.engine().create(caller, newKey(), new NewDocument("Plan", "large ".repeat(2_000), null, null));
        assertRefused(FOREIGN_KEY, "DELETE FROM semel_documents.blobs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE semel_documents.documents SET title = 'x'",
                "UPDATE semel_documents.documents SET tenant_id = 'x'",
                "UPDATE semel_documents.document_versions SET content_hash = 'x'",
                "UPDATE semel_documents.document_versions SET inline_content = 'x'",
                "UPDATE semel_documents.document_versions SET content_type = 'text/html'",
                "UPDATE semel_documents.document_versions SET version = 3",
                "UPDATE semel_documents.version_changes SET version = 1",
                "UPDATE semel_documents.blobs SET size = 1",
                "DELETE FROM semel_documents.version_changes",
                "TRUNCATE semel_documents.documents CASCADE",
                "SELECT * FROM semel_documents.flyway_schema_history"
            })
    void whatNeedNotBeChangedCannotBeChanged(String sql) {
        assertRefused(FORBIDDEN, sql);
    }

    /** Those of articles can: see ADR 0011. */
    @ParameterizedTest
    @ValueSource(strings = {"documents", "document_versions"})
    void documentThatIsNoArticlesIsNotDeleted(String table) throws SQLException {
        UUID document = documents.documentOf(caller, 2).id();
        try (Connection connection = documents.begin(caller);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM semel_documents." + table))
                    .isZero();
            connection.commit();
        }
        assertThat(documents.versions(document)).containsExactly("1 active", "2");
    }

    @Test
    void rowsAreSeenByTheirTenantOnly() throws SQLException {
        UUID document = documents.documentOf(caller, 2).id();
        documents.engine().activate(caller, newKey(), document, 2);
        documents.engine().create(caller, newKey(), new NewDocument("Plan", "large ".repeat(2_000), null, null));
        hold();
        for (String table : documents.query("""
                SELECT relname FROM pg_class
                WHERE relnamespace = 'semel_documents'::regnamespace AND relkind = 'r' AND relname <> 'flyway_schema_history'
                """)) {
            assertThat(visible(table, caller)).as(table).isPositive();
            assertThat(visible(table, TestDocuments.newCaller())).as(table).isZero();
        }
    }

    private void hold() throws SQLException {
        try (Connection connection = documents.begin(caller);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO semel_documents.blob_holds (tenant_id, holder, blob_hash)"
                    + " SELECT tenant_id, 'x', hash FROM semel_documents.blobs");
            connection.commit();
        }
    }

    private long visible(String table, Caller viewer) throws SQLException {
        try (Connection connection = documents.begin(viewer);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM semel_documents." + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void rowsOfAnotherTenantCannotBeWritten() {
        assertRefused(
                FORBIDDEN,
                "INSERT INTO semel_documents.documents (tenant_id, id, title, created_by) VALUES ('other', '" + ID
                        + "', 'x', 'x')");
    }

    @Test
    void everyTableHasRowLevelSecurityThatBindsItsOwnerToo() {
        assertThat(documents.query("""
                SELECT relname FROM pg_class
                WHERE relnamespace = 'semel_documents'::regnamespace AND relkind = 'r'
                  AND relname <> 'flyway_schema_history'
                  AND NOT (relrowsecurity AND relforcerowsecurity
                           AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid
                                       AND polqual IS NOT NULL AND polwithcheck IS NOT NULL))
                """)).isEmpty();
    }

    @Test
    void tenantLeadsEveryKeyAndThereIsNoTrigger() {
        assertThat(documents.query("""
                SELECT conname FROM pg_constraint c
                JOIN pg_class t ON t.oid = c.conrelid
                WHERE c.connamespace = 'semel_documents'::regnamespace AND c.contype IN ('p', 'u', 'f')
                  AND t.relname <> 'flyway_schema_history'
                  AND (SELECT attname FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = c.conkey[1]) <> 'tenant_id'
                UNION ALL
                SELECT i.indexrelid::regclass::text FROM pg_index i
                JOIN pg_class t ON t.oid = i.indrelid
                WHERE t.relnamespace = 'semel_documents'::regnamespace AND t.relname <> 'flyway_schema_history'
                  AND (SELECT attname FROM pg_attribute WHERE attrelid = i.indrelid AND attnum = i.indkey[0]) <> 'tenant_id'
                UNION ALL
                SELECT tgname FROM pg_trigger JOIN pg_class t ON t.oid = tgrelid
                WHERE t.relnamespace = 'semel_documents'::regnamespace AND NOT tgisinternal
                """)).isEmpty();
    }

    private void assertRefused(String sqlState, String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> commit(sql))
                .satisfies(failure -> assertThat(failure.getSQLState())
                        .as(failure.getMessage())
                        .isEqualTo(sqlState));
    }

    private void commit(String sql) throws SQLException {
        try (Connection connection = documents.begin(caller);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }
}
