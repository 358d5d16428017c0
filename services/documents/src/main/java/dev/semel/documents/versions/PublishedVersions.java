package dev.semel.documents.versions;

import dev.semel.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes versions of documents that another module manages, and makes them active, inside that module's write. Five statements
 * whatever the number of documents. Thread-safe.
 */
public final class PublishedVersions {
    private static final String INSERT_DOCUMENTS = """
            INSERT INTO semel_documents.documents (tenant_id, id, title, created_by, managed_by)
            SELECT ?, made.id, made.title, ?, ? FROM unnest(?::uuid[], ?::text[]) AS made(id, title)
            """;
    /** In the order of their ids, so that two that publish the same do not wait for each other crosswise. */
    private static final String LOCK = """
            SELECT id, last_version FROM semel_documents.documents
            WHERE tenant_id = ? AND id = ANY (?::uuid[]) AND managed_by = ?
            ORDER BY id
            FOR NO KEY UPDATE
            """;

    private static final String INSERT_VERSIONS = """
            INSERT INTO semel_documents.document_versions
                (tenant_id, content_type, created_by, document_id, version, id, content_hash, size, inline_content)
            SELECT ?, ?, ?, made.* FROM unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::bigint[], ?::bytea[]) AS made
            """;
    private static final String ACTIVATE = """
            UPDATE semel_documents.documents AS document
            SET last_version = made.version, active_version = made.version
            FROM unnest(?::uuid[], ?::bigint[]) AS made(id, version)
            WHERE document.tenant_id = ? AND document.id = made.id
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public PublishedVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Appends a version to each document and makes it the active one. No events are emitted: what has happened, the managing
     * module says in its own words.
     *
     * @param manager the module, as the documents' routes name it in their refusals: 1 to 20 lower-case letters
     * @param contentType of all of them, in its plainest spelling
     * @param publications at most one for each document
     * @return the number of the version that was made, by document
     * @throws IllegalStateException if a document is not there, or is not managed by that module
     * @throws org.springframework.dao.DataIntegrityViolationException if there is no blob of one of the hashes
     */
    public Map<UUID, Long> publish(
            Write<?> write, String manager, String contentType, List<NewPublication> publications) {
        if (publications.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Long> numbers = new HashMap<>();
        create(write, manager, only(publications, true), numbers);
        List<NewPublication> existing = only(publications, false);
        lock(write.tenant(), manager, existing, numbers);
        insert(write, contentType, publications, numbers);
        activate(write.tenant(), existing, numbers);
        return Map.copyOf(numbers);
    }

    private static List<NewPublication> only(List<NewPublication> publications, boolean created) {
        return publications.stream().filter(one -> one.created() == created).toList();
    }

    private void create(Write<?> write, String manager, List<NewPublication> made, Map<UUID, Long> numbers) {
        if (!made.isEmpty()) {
            jdbc.sql(INSERT_DOCUMENTS)
                    .params(write.tenant(), write.caller().user(), manager)
                    .params(texts(made, NewPublication::document), texts(made, NewPublication::title))
                    .update();
            made.forEach(one -> numbers.put(one.document(), 1L));
        }
    }

    private void lock(String tenant, String manager, List<NewPublication> existing, Map<UUID, Long> numbers) {
        if (!existing.isEmpty()) {
            jdbc.sql(LOCK)
                    .params(tenant, texts(existing, NewPublication::document), manager)
                    .query(row -> {
                        numbers.put(row.getObject("id", UUID.class), row.getLong("last_version") + 1);
                    });
        }
        if (existing.stream().anyMatch(one -> !numbers.containsKey(one.document()))) {
            throw new IllegalStateException("a document that is to be published is not there");
        }
    }

    private void insert(
            Write<?> write, String contentType, List<NewPublication> publications, Map<UUID, Long> numbers) {
        jdbc.sql(INSERT_VERSIONS)
                .params(write.tenant(), contentType, write.caller().user())
                .params(
                        texts(publications, NewPublication::document),
                        numbers(publications, one -> number(one, numbers)))
                .params(texts(publications, NewPublication::version), texts(publications, NewPublication::contentHash))
                .params(numbers(publications, NewPublication::size), contents(publications))
                .update();
    }

    private void activate(String tenant, List<NewPublication> existing, Map<UUID, Long> numbers) {
        if (!existing.isEmpty()) {
            jdbc.sql(ACTIVATE)
                    .params(texts(existing, NewPublication::document), numbers(existing, one -> number(one, numbers)))
                    .param(tenant)
                    .update();
        }
    }

    private static long number(NewPublication publication, Map<UUID, Long> numbers) {
        return numbers.getOrDefault(publication.document(), 0L);
    }

    private static Object texts(List<NewPublication> publications, Function<NewPublication, Object> column) {
        return publications.stream().map(column).map(String::valueOf).toArray(String[]::new);
    }

    private static Object numbers(List<NewPublication> publications, ToLongFunction<NewPublication> column) {
        return publications.stream().mapToLong(column).toArray();
    }

    @SuppressWarnings("NullAway") // a row whose content is a blob has none of its own
    private static Object contents(List<NewPublication> publications) {
        return publications.stream().map(NewPublication::inline).toArray(byte[][]::new);
    }
}
