package dev.semel.documents.blob;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A store whose process dies at one of its calls, before or after it took effect, and does nothing more then. Not thread-safe. */
final class CrashingStore implements ByteStore {
    private final ByteStore store;
    private int callsLeft;
    private final boolean afterEffect;
    private boolean dead;

    /** @param callsLeft how many calls go well */
    CrashingStore(ByteStore store, int callsLeft, boolean afterEffect) {
        this.store = store;
        this.callsLeft = callsLeft;
        this.afterEffect = afterEffect;
    }

    private interface Call<T> {
        T make() throws IOException;
    }

    private <T> T reach(Call<T> call) throws IOException {
        if (dead) {
            throw new Crash();
        }
        if (callsLeft-- > 0) {
            return call.make();
        }
        dead = true;
        if (afterEffect) {
            call.make();
        }
        throw new Crash();
    }

    @Override
    public void write(Location location, InputStream content) throws IOException {
        reach(() -> {
            store.write(location, content);
            return location;
        });
    }

    @Override
    public StoredBytes open(Location location) throws IOException {
        return reach(() -> store.open(location));
    }

    @Override
    public void delete(Location location) throws IOException {
        reach(() -> {
            store.delete(location);
            return location;
        });
    }

    @Override
    public void visitOlderThan(Duration age, Visitor visitor) throws Exception {
        store.visitOlderThan(age, visitor);
    }

    /** The process is gone. An error, so that nothing goes on by catching it. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
