package dev.semel.server;

import dev.semel.SchemaMismatchException;
import dev.semel.postgres.EmbeddedPostgresException;
import dev.semel.server.options.StartException;
import dev.semel.spring.GateDefectException;
import dev.semel.spring.InvalidSettingException;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.web.server.PortInUseException;

/** Says in a sentence why the server did not start. */
final class StartFailures {
    private static final Logger LOG = LoggerFactory.getLogger(StartFailures.class);
    private static final int MAX_DEPTH = 30;

    private StartFailures() {}

    /** The sentence; a failure that nobody foresaw goes to the log as a whole. */
    static String explain(Throwable failure) {
        return causes(failure)
                .map(StartFailures::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> {
                    LOG.error("the server could not start", failure);
                    return "The server could not start: " + failure.getMessage();
                });
    }

    private static Optional<String> known(Throwable failure) {
        if (failure instanceof StartException
                || failure instanceof InvalidSettingException
                || failure instanceof EmbeddedPostgresException) {
            return Optional.ofNullable(failure.getMessage());
        }
        if (failure instanceof PortInUseException busy) {
            return Optional.of(
                    "Port " + busy.getPort()
                            + " is in use by another program. Stop that one, or choose another port with --port; 0 picks a free one.");
        }
        if (failure instanceof SchemaMismatchException mismatch) {
            return Optional.of(mismatch.getMessage() + " " + mismatch.remedy());
        }
        if (failure instanceof GateDefectException defects) {
            return Optional.of("The routes and operations do not keep the write contract: " + defects.getMessage());
        }
        if (failure instanceof ConfigurationPropertiesBindException wrong) {
            return Optional.of("A setting is wrong: " + deepest(wrong).getMessage());
        }
        return Optional.empty();
    }

    private static Throwable deepest(Throwable failure) {
        return causes(failure).reduce((outer, inner) -> inner).orElse(failure);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_DEPTH);
    }
}
