package dev.semel.books.bank;

/** How many lines an import brought. Immutable. */
public record ImportedEvent(int imported, int skipped, int failed) {
    static ImportedEvent of(ImportResult result) {
        return new ImportedEvent(result.imported(), result.skipped(), result.failed());
    }
}
