package dev.semel.books.ledger;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Postings as the columns of their entries. */
final class PostedEntries {
    private PostedEntries() {}

    /** Id, operation, source, currency, total, number of lines, and what is taken back. */
    static List<@Nullable String[]> columns(List<Posting> postings) {
        return List.of(
                column(postings, posting -> posting.id().toString()),
                column(postings, Posting::operation),
                column(postings, posting -> posting.sourceId().toString()),
                column(postings, posting -> posting.currency().getCurrencyCode()),
                column(postings, posting -> posting.total().amount().toPlainString()),
                column(postings, posting -> String.valueOf(posting.lineCount())),
                column(postings, PostedEntries::reverses));
    }

    private static @Nullable String reverses(Posting posting) {
        return posting.reverses() == null ? null : posting.reverses().toString();
    }

    private static @Nullable String[] column(List<Posting> postings, Function<Posting, @Nullable String> value) {
        return postings.stream().map(value).toArray(String[]::new);
    }
}
