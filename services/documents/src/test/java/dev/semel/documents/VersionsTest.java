package dev.semel.documents;

import static dev.semel.documents.Refusals.assertRefused;
import static dev.semel.documents.TestDocuments.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.Caller;
import dev.semel.InvalidPayloadException;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RejectedException.Reason;
import dev.semel.UnavailableException;
import dev.semel.documents.blob.StoredBlob;
import dev.semel.documents.content.Content;
import dev.semel.documents.content.ContentHash;
import dev.semel.documents.content.SentContent;
import dev.semel.documents.versions.Document;
import dev.semel.documents.versions.NewDocument;
import dev.semel.documents.versions.NewVersion;
import dev.semel.documents.versions.Version;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DocumentsExtension.class)
class VersionsTest {
    private static final String LARGE = "large ".repeat(2_000);

    private final TestDocuments documents;
    private final DocumentsEngine engine;
    private final Caller caller = TestDocuments.newCaller();

    VersionsTest(TestDocuments documents) {
        this.documents = documents;
        this.engine = documents.engine();
    }

    @Test
    void documentBeginsWithItsFirstVersionActive() {
        Document document = documents.document(caller);

        assertThat(document.activeVersion()).isEqualTo(1);
        assertThat(documents.versions(document.id())).containsExactly("1 active");
        assertThat(documents.events(caller)).containsExactly("document.created");
        assertThat(documents.query(
                        "SELECT convert_from(inline_content, 'UTF8') FROM semel_documents.document_versions"
                                + " WHERE document_id = ? AND blob_hash IS NULL",
                        document.id()))
                .containsExactly("one");
    }

    @Test
    void largeContentIsABlob() {
        Document document = engine.create(caller, newKey(), new NewDocument("Plan", LARGE, null, "text/markdown"))
                .result();

        assertThat(documents.query(
                        "SELECT blob_hash FROM semel_documents.document_versions WHERE document_id = ? AND inline_content IS NULL",
                        document.id()))
                .containsExactly(ContentHash.of(LARGE));
    }

    @Test
    void newVersionWaitsUntilItIsMadeActive() {
        UUID document = documents.document(caller).id();

        Version second = documents.append(caller, document, "two");

        assertThat(second.version()).isEqualTo(2);
        assertThat(second.contentType()).isEqualTo("text/plain;charset=utf-8");
        assertThat(documents.versions(document)).containsExactly("1 active", "2");
        assertThat(engine.activate(caller, newKey(), document, 2).result().activeVersion())
                .isEqualTo(2);
        assertThat(documents.versions(document)).containsExactly("1", "2 active");
        assertThat(documents.events(caller))
                .containsExactly("document.created", "document.version.created", "document.version.activated");
    }

    @Test
    void sameUploadTwiceWithoutAKeyIsOneVersion() {
        UUID document = documents.document(caller).id();

        Outcome<Version> first = engine.append(caller, document, NewVersion.of("two"));
        Outcome<Version> second = engine.append(caller, document, NewVersion.of("two"));
        documents.forgetKeys(caller);
        Outcome<Version> muchLater = engine.append(caller, document, NewVersion.of("two"));

        assertThat(first.replayed()).isFalse();
        assertThat(second.replayed()).isTrue();
        assertThat(muchLater.replayed()).isTrue();
        assertThat(muchLater.result()).isEqualTo(first.result());
        assertThat(documents.versions(document)).containsExactly("1 active", "2");
    }

    @Test
    void sameContentIsOneVersionHoweverItComesAndItsTypeIsSpelled() {
        UUID document = documents.document(caller).id();
        String hash = ContentHash.of(LARGE);
        Version made = engine.append(caller, document, new NewVersion(LARGE, null, "text/markdown", null))
                .result();

        for (NewVersion again : List.of(
                new NewVersion(LARGE, null, "TEXT/Markdown; charset=UTF-8", null),
                new NewVersion(null, hash, "text/markdown", null),
                new NewVersion(null, hash, "text/markdown;charset=\"utf-8\"", null))) {
            assertThat(engine.append(caller, document, again).replayed()).isTrue();
            documents.forgetKeys(caller);
            assertThat(engine.append(caller, document, again).result()).isEqualTo(made);
        }
        assertThat(documents.versions(document)).containsExactly("1 active", "2");

        engine.append(caller, document, new NewVersion(null, hash, "text/markdown;charset=latin1", null));
        engine.append(caller, document, new NewVersion(null, hash, "text/html", null));
        assertThat(documents.versions(document)).as("other types").containsExactly("1 active", "2", "3", "4");
    }

    @Test
    void lateRetryIsAnsweredAlsoWhenItsContentIsLost() {
        UUID document = documents.document(caller).id();
        engine.create(caller, newKey(), new NewDocument("Large", LARGE, null, null));
        NewVersion named = new NewVersion(null, ContentHash.of(LARGE), null, null);
        Version made = engine.append(caller, document, named).result();
        documents.forgetKeys(caller);
        SentContent lost = new SentContent(new Content.Absent(ContentHash.of(LARGE)), null);

        assertThat(engine.append(caller, document, named, lost)).satisfies(retried -> {
            assertThat(retried.replayed()).isTrue();
            assertThat(retried.result()).isEqualTo(made);
        });
        assertRefused(Reason.RULE, "CONTENT_UNKNOWN", () -> engine.append(caller, newKey(), document, named, lost));
        assertThat(documents.versions(document)).containsExactly("1 active", "2");
    }

    @Test
    void backToOlderContentIsANewVersionOnItsBase() {
        UUID document = documents.document(caller).id();
        engine.append(caller, document, NewVersion.of("A"));
        engine.append(caller, document, NewVersion.of("B"));

        assertThat(engine.append(caller, document, NewVersion.of("A")).result().version())
                .as("a repeated upload")
                .isEqualTo(2);
        NewVersion back = new NewVersion("A", null, null, 3L);
        assertThat(engine.append(caller, document, back).result().version()).isEqualTo(4);
        assertThat(engine.append(caller, document, back).result().version())
                .as("and its retry, although 4 is the last version now")
                .isEqualTo(4);
        assertThat(documents.versions(document)).containsExactly("1 active", "2", "3", "4");
    }

    @Test
    void versionOnAnotherBaseIsAConflict() {
        UUID document = documents.documentOf(caller, 3).id();
        NewVersion late = new NewVersion("mine", null, null, 2L);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> engine.append(caller, document, late))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("VERSION_CONFLICT"))
                .withMessageContaining("The last version is 3");
        assertThat(documents.versions(document)).hasSize(3);
    }

    @Test
    void lateRetryOnItsOldBaseIsAnsweredWithItsVersion() {
        UUID document = documents.document(caller).id();
        NewVersion mine = new NewVersion("mine", null, null, 1L);
        Key key = newKey();
        Version made = engine.append(caller, key, document, mine).result();
        documents.append(caller, document, "three");
        documents.forgetKeys(caller);

        Outcome<Version> retried = engine.append(caller, key, document, mine);

        assertThat(retried.replayed()).isTrue();
        assertThat(retried.result()).isEqualTo(made);
        assertThat(documents.versions(document)).hasSize(3);
    }

    @Test
    void activeVersionCannotBeDeleted() {
        UUID document = documents.documentOf(caller, 2).id();

        assertRefused(Reason.CONFLICT, "VERSION_ACTIVE", () -> engine.delete(caller, newKey(), document, 1));
        assertThat(documents.versions(document)).containsExactly("1 active", "2");
    }

    @Test
    void deletedVersionCannotBecomeActiveBeforeItIsRestored() {
        UUID document = documents.documentOf(caller, 2).id();
        assertThat(engine.delete(caller, newKey(), document, 2).result().deleted())
                .isTrue();

        assertRefused(Reason.CONFLICT, "VERSION_DELETED", () -> engine.activate(caller, newKey(), document, 2));
        assertThat(engine.restore(caller, newKey(), document, 2).result().deleted())
                .isFalse();
        engine.activate(caller, newKey(), document, 2);
        assertThat(documents.versions(document)).containsExactly("1", "2 active");
    }

    @Test
    void deletingAgainChangesNothingAndRestoringWhatIsThereIsAConflict() {
        UUID document = documents.documentOf(caller, 2).id();
        engine.delete(caller, newKey(), document, 2);
        engine.delete(caller, newKey(), document, 2);

        assertThat(documents.events(caller)).containsOnlyOnce("document.version.deleted");
        assertRefused(Reason.CONFLICT, "VERSION_NOT_DELETED", () -> engine.restore(caller, newKey(), document, 1));
    }

    @Test
    void lateRetriesDoNotUndoWhatHappenedSince() {
        UUID document = documents.documentOf(caller, 3).id();
        Key deletion = newKey();
        Key activation = newKey();
        engine.delete(caller, deletion, document, 2);
        engine.restore(caller, newKey(), document, 2);
        engine.activate(caller, activation, document, 2);
        engine.activate(caller, newKey(), document, 3);
        documents.forgetKeys(caller);

        assertThat(engine.delete(caller, deletion, document, 2).replayed()).isTrue();
        assertThat(engine.activate(caller, activation, document, 2).replayed()).isTrue();
        assertThat(documents.versions(document)).containsExactly("1", "2", "3 active");
        engine.delete(caller, newKey(), document, 2);
        assertThat(engine.activate(caller, activation, document, 2).replayed()).isTrue();
        assertThat(documents.versions(document)).containsExactly("1", "2 deleted", "3 active");
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        UUID document = documents.document(caller).id();
        UUID nothing = UUID.randomUUID();

        assertRefused(
                Reason.NOT_FOUND, "NOT_FOUND", () -> engine.append(caller, newKey(), nothing, NewVersion.of("two")));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> engine.activate(caller, newKey(), nothing, 1));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> engine.activate(caller, newKey(), document, 2));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> engine.delete(caller, newKey(), document, 2));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> engine.restore(caller, newKey(), document, 2));
    }

    @Test
    void otherTenantsDocumentDoesNotExist() {
        UUID document = documents.documentOf(caller, 2).id();
        Caller other = TestDocuments.newCaller();

        assertRefused(
                Reason.NOT_FOUND, "NOT_FOUND", () -> engine.append(other, newKey(), document, NewVersion.of("two")));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> engine.activate(other, newKey(), document, 2));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> engine.delete(other, newKey(), document, 2));
        assertThat(documents.versions(document)).containsExactly("1 active", "2");
    }

    @Test
    void namedContentHasToBeThere() {
        UUID document = documents.document(caller).id();
        NewVersion named = new NewVersion(null, ContentHash.of(LARGE), null, null);
        engine.create(TestDocuments.newCaller(), newKey(), new NewDocument("Another tenant's", LARGE, null, null));

        assertRefused(Reason.RULE, "CONTENT_UNKNOWN", () -> engine.append(caller, document, named));
        engine.create(caller, newKey(), new NewDocument("My own", LARGE, null, null));
        Version version = engine.append(caller, document, named).result();
        assertThat(version.contentHash()).isEqualTo(ContentHash.of(LARGE));
        assertThat(version.size()).isEqualTo(LARGE.length());
    }

    @Test
    void contentThatWasCollectedBetweenItsPutAndItsWriteIsPutAgainByARetry() {
        UUID document = documents.document(caller).id();
        SentContent collected =
                new SentContent(new Content.Stored(new StoredBlob(ContentHash.of(LARGE), 14_000)), null);

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> engine.append(caller, newKey(), document, NewVersion.of(LARGE), collected));
        assertThat(documents.versions(document)).hasSize(1);
        assertThat(engine.append(caller, document, NewVersion.of(LARGE))
                        .result()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void contentIsBroughtOrNamedAndOfASoundType() {
        for (NewDocument asked : List.of(
                new NewDocument("Plan", null, null, null),
                new NewDocument("Plan", "x", ContentHash.of("x"), null),
                new NewDocument("Plan", null, "sha256:x", null),
                new NewDocument("Plan", "x", null, "text"),
                new NewDocument("Plan", "x", null, "text/*"),
                new NewDocument("Plan", "x", null, "text/html\r\nX: y"),
                new NewDocument("Plan", "x", null, "text/plain;charset=latin1"))) {
            assertThatExceptionOfType(InvalidPayloadException.class)
                    .isThrownBy(() -> engine.create(caller, newKey(), asked));
        }
    }
}
