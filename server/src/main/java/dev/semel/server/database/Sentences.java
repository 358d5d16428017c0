package dev.semel.server.database;

/** Bits of messages for operators. */
final class Sentences {
    private Sentences() {}

    /** What the deepest cause says, in one line. */
    static String firstLine(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null
                ? deepest.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
