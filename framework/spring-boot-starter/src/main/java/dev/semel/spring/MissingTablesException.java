package dev.semel.spring;

import java.util.List;

/** The database has not all of Semel's tables; the application does not start. */
public final class MissingTablesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param tables the names of those that are missing */
    public MissingTablesException(List<String> tables) {
        super("The database lacks these tables of Semel, or the application's login has no right to use their schema: "
                + String.join(", ", tables));
    }
}
