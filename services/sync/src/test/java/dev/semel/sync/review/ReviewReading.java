package dev.semel.sync.review;

import org.jspecify.annotations.Nullable;

/** Reads files of changesets as their routes do, for tests in other packages. */
public record ReviewReading(ReviewReads reads) {
    /** The proposed text and the one that it was amended to. */
    public record Texts(@Nullable String incoming, @Nullable String amended) {}

    public Texts texts(String tenant, String id, String fileId) {
        FileTexts texts = reads.file(tenant, id, fileId);
        return new Texts(texts.incoming(), texts.amended());
    }

    public String diff(String tenant, String id, String fileId) {
        return reads.diff(tenant, id, fileId);
    }
}
