package dev.semel.spring.internal;

import dev.semel.spring.GateDefectException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at a refused start which routes and operations are at fault and what to do. */
final class GateFailureAnalyzer extends AbstractFailureAnalyzer<GateDefectException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, GateDefectException cause) {
        return new FailureAnalysis(
                "The application does not keep the write contract:\n  - " + String.join("\n  - ", cause.defects()),
                "Give each mutating route a @Gate whose operation a SemelConfigurer registers, each operation a route or a handler,"
                        + " and each financial one a recall.",
                cause);
    }
}
