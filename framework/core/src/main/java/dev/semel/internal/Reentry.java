package dev.semel.internal;

import dev.semel.ReentryException;

/** Knows which threads are inside a transaction of one engine. Thread-safe. */
final class Reentry {
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

    /** @throws ReentryException if this thread is inside */
    void refuse() {
        if (inside.get()) {
            throw new ReentryException("This thread is inside a transaction of Semel already. In a handler, use"
                    + " Write.nested for another write and Write.connection to read.");
        }
    }

    /** Work that throws what it likes. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    <T, E extends Exception> T within(Work<T, E> work) throws E {
        inside.set(true);
        try {
            return work.run();
        } finally {
            inside.remove();
        }
    }
}
