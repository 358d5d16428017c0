package dev.semel.spring.internal;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The start found no database to make its tables in. */
final class NoDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    private NoDatabaseException(SQLException cause, String remedy) {
        super("The application's database cannot be used: " + cause.getMessage(), cause);
        this.remedy = remedy;
    }

    /** Null if the failure is about something else than how the database is reached. */
    static @Nullable NoDatabaseException of(SQLException failure) {
        String remedy = remedy(String.valueOf(failure.getSQLState()));
        return remedy == null ? null : new NoDatabaseException(failure, remedy);
    }

    private static @Nullable String remedy(String state) {
        if (state.startsWith("08")) {
            return "Start PostgreSQL, or correct its address in spring.datasource.url. Tests, and a first try, can start one of"
                    + " their own with semel-testkit.";
        }
        if (state.startsWith("28")) {
            return "Correct spring.datasource.username and password, or make the login.";
        }
        return state.equals("3D000") ? "Make the database, or correct its name in spring.datasource.url." : null;
    }

    /** What to do. */
    String remedy() {
        return remedy;
    }
}
