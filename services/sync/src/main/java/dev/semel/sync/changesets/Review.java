package dev.semel.sync.changesets;

import dev.semel.documents.content.ContentHash;
import dev.semel.sync.content.TextContent;
import java.util.Comparator;
import java.util.List;

/** What the decisions on a revision's files come to. Immutable. */
public record Review(List<ReviewedFile> files) {
    /** Copies the files. */
    public Review {
        files = List.copyOf(files);
    }

    /** The state that follows from the decisions, for a changeset that is open or rejected. */
    public State state() {
        long decided = files.stream()
                .filter(file -> file.decision() != null || file.isPublished())
                .count();
        if (decided == 0) {
            return State.PROPOSED;
        }
        if (decided < files.size()) {
            return State.REVIEWING;
        }
        if (files.stream().anyMatch(ReviewedFile::isToBePublished)) {
            return State.READY;
        }
        return files.stream().anyMatch(ReviewedFile::isPublished) ? State.PUBLISHED : State.REJECTED;
    }

    /**
     * The hash of all decisions: SHA-256 of the lines {@code fileId TAB decision TAB contentHash LF} in the order of the ids; {@code -} for
     * what is not there. Whoever publishes says which decisions he means.
     */
    public String decisionsHash() {
        StringBuilder lines = new StringBuilder();
        files.stream().sorted(Comparator.comparing(ReviewedFile::fileId)).forEach(file -> lines.append(line(file)));
        return ContentHash.of(lines.toString());
    }

    private static String line(ReviewedFile file) {
        Decision decision = file.decision();
        TextContent result = file.result();
        return file.fileId() + "\t" + (decision == null ? "-" : decision.text()) + "\t"
                + (result == null ? "-" : result.hash()) + "\n";
    }
}
