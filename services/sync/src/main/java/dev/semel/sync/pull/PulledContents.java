package dev.semel.sync.pull;

import dev.semel.UnavailableException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.StoredBlob;
import dev.semel.documents.content.Content;
import dev.semel.documents.versions.SmallContents;
import dev.semel.sync.pull.PullTable.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Contents of pulled files. Small ones are read in the pull's snapshot, larger ones from the store when it is over. Thread-safe. */
final class PulledContents {
    /** What is larger is only named: no page is held in memory that a client did not ask for so. */
    private static final long MAX_TEXT = 1 << 20;

    private final SmallContents small;
    private final Blobs blobs;

    PulledContents(SmallContents small, Blobs blobs) {
        this.small = small;
        this.blobs = blobs;
    }

    /** Small contents by document. */
    record Small(Map<UUID, byte[]> byDocument) {}

    Small small(String tenant, List<State> states) {
        List<State> wanted = states.stream()
                .filter(state -> !state.deleted() && state.size() <= Content.Small.MAX_BYTES)
                .toList();
        return new Small(
                wanted.isEmpty()
                        ? Map.of()
                        : small.find(
                                tenant,
                                wanted.stream().map(State::documentId).toList(),
                                wanted.stream().map(State::documentVersion).toList()));
    }

    /** Never inside a transaction. */
    List<PulledFile> complete(String tenant, List<State> states, Small found) {
        return states.stream().map(state -> file(tenant, state, found)).toList();
    }

    private PulledFile file(String tenant, State state, Small found) {
        String content = state.deleted() || state.size() > MAX_TEXT ? null : text(tenant, state, found);
        return new PulledFile(
                state.fileId(),
                state.path(),
                state.version(),
                state.contentHash(),
                content,
                state.deleted() || content != null ? null : state.contentHash(),
                state.size(),
                state.deleted(),
                state.deleted() ? state.changedAt() : null);
    }

    private @Nullable String text(String tenant, State state, Small found) {
        byte[] small = found.byDocument.get(state.documentId());
        if (small != null) {
            return new String(small, StandardCharsets.UTF_8);
        }
        try (InputStream bytes = blobs.open(tenant, new StoredBlob(state.contentHash(), state.size()))) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UnavailableException("The content store is not available.", e);
        }
    }
}
