package dev.semel.books.bank;

import java.util.List;
import java.util.UUID;

/**
 * What became of a statement's lines. Immutable.
 *
 * @param id the import's, by which its lines are found
 * @param imported lines that are new
 * @param skipped lines whose bank reference was known
 * @param failed lines that were refused, all of them counted
 * @param errors why, the first {@value #MAX_ERRORS} of them
 */
public record ImportResult(UUID id, int imported, int skipped, int failed, List<LineError> errors) {
    /** How many errors are told. */
    public static final int MAX_ERRORS = 500;

    /** Copies the errors. */
    public ImportResult {
        errors = List.copyOf(errors);
    }
}
