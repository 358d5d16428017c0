package dev.semel.sync;

import static dev.semel.sync.Refusals.assertRefused;
import static dev.semel.sync.TestSync.newKey;
import static dev.semel.sync.TestSync.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.UnavailableException;
import dev.semel.documents.content.ContentHash;
import dev.semel.sync.changesets.FileDecision;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.review.ReviewReading;
import dev.semel.sync.review.ReviewReading.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Contents of changesets that are closed: what was let go of is nothing any more, what cannot be read is not nothing. */
@ExtendWith(SyncExtension.class)
class ClosedContentsTest {
    private static final String INCOMING = "incoming ".repeat(2_000);
    private static final String AMENDED = "amended ".repeat(2_000);

    private final TestSync sync;
    private final Caller caller = TestSync.newCaller();
    private final ReviewReading reading;
    private String id = "";

    ClosedContentsTest(TestSync sync) {
        this.sync = sync;
        this.reading = sync.engine().reading(sync.blobs());
    }

    @BeforeEach
    void closedChangeset() {
        UUID changeset = Objects.requireNonNull(
                        sync.push(caller, sync.scope(caller, "reviewed"), put("a", "a.md", 0, INCOMING))
                                .changeset())
                .id();
        sync.engine()
                .decide(
                        caller,
                        newKey(),
                        changeset,
                        null,
                        new NewDecisions(1, List.of(new FileDecision("a", "amend", AMENDED, null))));
        sync.engine().withdraw(caller, newKey(), changeset);
        id = changeset.toString();
    }

    private Texts texts() {
        return reading.texts(caller.tenant(), id, "a");
    }

    private String stored(String content) {
        return caller.tenant() + "/" + ContentHash.of(content);
    }

    private void assertUnavailable() {
        assertThatThrownBy(this::texts).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> reading.diff(caller.tenant(), id, "a")).isInstanceOf(UnavailableException.class);
    }

    @Test
    void wholeContentsAreRead() {
        assertThat(texts()).isEqualTo(new Texts(INCOMING, AMENDED));
        assertThat(reading.diff(caller.tenant(), id, "a")).contains("+" + AMENDED);
    }

    @Test
    void missingContentIsUnavailableAndNotNothing() {
        sync.blobs().bytes().remove(stored(AMENDED));
        assertUnavailable();
    }

    @Test
    void alteredContentIsUnavailableAndNotNothing() {
        sync.blobs().bytes().put(stored(AMENDED), "ALTERED".getBytes(StandardCharsets.UTF_8));
        assertUnavailable();
    }

    /** Also if nothing holds it any more, as long as it was not collected. */
    @Test
    void contentThatWasLetGoOfIsUnavailableUntilItIsCollectedAndThenNothing() {
        sync.asSuperuser("DELETE FROM semel_documents.blob_holds WHERE tenant_id = '" + caller.tenant() + "'");
        assertThat(texts()).isEqualTo(new Texts(INCOMING, AMENDED));
        sync.blobs().bytes().remove(stored(AMENDED));
        assertUnavailable();

        sync.asSuperuser("DELETE FROM semel_documents.blobs WHERE tenant_id = '" + caller.tenant() + "' AND hash = '"
                + ContentHash.of(AMENDED) + "'");

        assertThat(texts()).isEqualTo(new Texts(INCOMING, null));
        assertRefused("NOT_FOUND", () -> reading.diff(caller.tenant(), id, "a"));
    }
}
