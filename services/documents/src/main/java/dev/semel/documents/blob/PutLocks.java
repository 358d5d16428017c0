package dev.semel.documents.blob;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Advisory locks of locations, until the end of the transaction: a put holds that of its own from before it looks at its clock until
 * its row is committed. Two locations that share a number only make the sweep pass one over.
 */
final class PutLocks {
    private static final String HOLD = "SELECT 1 FROM pg_advisory_xact_lock(?)";

    private static final String TRY = """
            SELECT number FROM unnest(?::bigint[]) AS number WHERE pg_try_advisory_xact_lock(number)""";

    private final JdbcClient jdbc;

    PutLocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void hold(UUID location) {
        jdbc.sql(HOLD).param(number(location)).query(Integer.class).single();
    }

    /** Those that no put holds, now held. */
    List<UUID> free(List<UUID> locations) {
        String[] numbers = locations.stream()
                .map(location -> String.valueOf(number(location)))
                .toArray(String[]::new);
        List<Long> held = jdbc.sql(TRY)
                .param(numbers)
                .query((row, number) -> row.getLong(1))
                .list();
        return locations.stream()
                .filter(location -> held.contains(number(location)))
                .toList();
    }

    private static long number(UUID location) {
        return location.getMostSignificantBits() ^ location.getLeastSignificantBits();
    }
}
