package dev.semel.spring.internal;

import dev.semel.spring.MissingTablesException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how the tables come into the database. */
final class MissingTablesFailureAnalyzer extends AbstractFailureAnalyzer<MissingTablesException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingTablesException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Remove semel.migrate=false, or run the scripts db/semel/core/V*.sql of semel-core in the order of their"
                        + " numbers, after CREATE SCHEMA semel.",
                cause);
    }
}
