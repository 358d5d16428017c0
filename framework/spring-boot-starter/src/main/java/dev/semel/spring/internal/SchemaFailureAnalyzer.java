package dev.semel.spring.internal;

import dev.semel.SchemaMismatchException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how the tables come into the database, or which library they need. */
final class SchemaFailureAnalyzer extends AbstractFailureAnalyzer<SchemaMismatchException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SchemaMismatchException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
