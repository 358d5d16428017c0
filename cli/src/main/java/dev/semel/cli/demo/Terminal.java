package dev.semel.cli.demo;

import org.jspecify.annotations.Nullable;

/** Tells whether a person is likely to watch. */
final class Terminal {

    /** The launcher script sets this property to {@code true} or {@code false}. */
    private static final String PROPERTY = "semel.terminal";

    /** From this version on System.console() exists without a terminal too. */
    private static final int CONSOLE_SAYS_NOTHING = 22;

    private Terminal() {}

    static boolean isPresent() {
        return isCapable(System.getenv("TERM")) && isConnected(System.getProperty(PROPERTY));
    }

    private static boolean isCapable(@Nullable String term) {
        return term != null && !term.equals("dumb");
    }

    @SuppressWarnings("SystemConsoleNull") // Asked only where null still says something.
    private static boolean isConnected(@Nullable String property) {
        if (property != null) {
            return Boolean.parseBoolean(property);
        }
        return Runtime.version().feature() < CONSOLE_SAYS_NOTHING && System.console() != null;
    }
}
