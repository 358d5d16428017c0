package dev.semel.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells whether a person is likely to watch, and whether one can be asked. */
public final class Terminal {

    /** The launcher script sets this property to {@code true} or {@code false}: whether output goes to a terminal. */
    private static final String OUTPUT = "semel.terminal";

    /** Whether questions reach a person and answers come back. */
    private static final String DIALOGUE = "semel.dialogue";

    /** How wide the terminal is; set by the launcher script where it knows. */
    private static final String COLUMNS = "semel.columns";

    /** From this version on System.console() exists without a terminal too. */
    private static final int CONSOLE_SAYS_NOTHING = 22;

    private Terminal() {}

    /** Whether output goes to a terminal that can draw. */
    public static boolean isPresent() {
        return isCapable(System.getenv("TERM")) && isConnected(System.getProperty(OUTPUT));
    }

    /** Whether there is somebody to ask. */
    public static boolean canAsk() {
        return isConnected(System.getProperty(DIALOGUE));
    }

    /** The terminal's width in characters; empty if there is none, or if it is not known. */
    public static Optional<Integer> columns() {
        String columns = System.getProperty(COLUMNS, "");
        return isPresent() && columns.matches("[1-9][0-9]{1,3}")
                ? Optional.of(Integer.parseInt(columns))
                : Optional.empty();
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
