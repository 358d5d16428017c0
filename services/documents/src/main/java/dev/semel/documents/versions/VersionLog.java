package dev.semel.documents.versions;

import dev.semel.Caller;
import dev.semel.Write;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs which version a write is about, as one JSON line between the BEGIN and the COMMIT or ROLLBACK of the boundary log; with a
 * ROLLBACK behind it, it was not made.
 */
final class VersionLog {
    private static final Logger LOG = LoggerFactory.getLogger("semel.documents");

    private VersionLog() {}

    static void note(Write<?> write, UUID document, long version) {
        Caller caller = write.caller();
        LOG.info(
                "{\"reqId\":\"{}\",\"tenantId\":\"{}\",\"docId\":\"{}\",\"version\":{}}",
                caller.requestId(),
                caller.tenant(),
                document,
                version);
    }
}
