package dev.semel.books.bank;

import java.util.List;

/** Payments that may explain a bank transaction, the best first. Immutable. */
public record SuggestionList(List<Suggestion> items) {
    /** Copies the items. */
    public SuggestionList {
        items = List.copyOf(items);
    }
}
