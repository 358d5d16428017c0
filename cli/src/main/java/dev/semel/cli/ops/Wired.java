package dev.semel.cli.ops;

import org.jspecify.annotations.Nullable;

/** What picocli puts into a command before it calls it. */
final class Wired {

    private Wired() {}

    static <T> T by(@Nullable T injected) {
        if (injected == null) {
            throw new IllegalStateException("not called through a command line");
        }
        return injected;
    }
}
