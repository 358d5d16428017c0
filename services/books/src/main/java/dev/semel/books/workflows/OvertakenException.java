package dev.semel.books.workflows;

/** A later attempt has taken the run over: what this one delivered is not to be acknowledged, and is no failure of a step. */
final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OvertakenException(StoredRun run) {
        super("a later attempt has taken run " + run.id() + " over");
    }
}
