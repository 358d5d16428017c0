package dev.semel.spring.web;

import java.sql.SQLException;
import org.springframework.dao.DuplicateKeyException;

/** Writes that were done before, although their keys are forgotten. */
public final class Collisions {
    private static final String UNIQUE_VIOLATION = "23505";

    private Collisions() {}

    /**
     * What a write that changes a row throws when it finds that it has changed it itself, long ago: a collision, as of a row
     * that is inserted twice. The engine answers it from what the write has made.
     */
    public static DuplicateKeyException doneBefore() {
        return new DuplicateKeyException("done by this write", new SQLException("done before", UNIQUE_VIOLATION));
    }
}
