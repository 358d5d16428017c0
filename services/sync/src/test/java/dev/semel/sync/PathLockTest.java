package dev.semel.sync;

import static dev.semel.sync.Refusals.assertRefused;
import static dev.semel.sync.TestSync.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.sync.push.PushRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever gives a path waits for others who do: for a moment, and not as long as a lock may last. */
@ExtendWith(SyncExtension.class)
class PathLockTest {
    private final TestSync sync;
    private final Caller caller = TestSync.newCaller();

    PathLockTest(TestSync sync) {
        this.sync = sync;
    }

    @Test
    void waitIsBoundedAndTheSamePushGoesThroughLater() throws SQLException {
        String scope = sync.scope(caller, "direct");
        sync.push(caller, scope, put("a", "a.md", 0, "A"));
        PushRequest asked = TestSync.request(scope, TestSync.newId(), put("b", "b.md", 0, "B"));
        try (Connection holder = sync.database().uncheckedPool(1).getConnection();
                var lock = holder.prepareStatement(
                        "SELECT pg_advisory_xact_lock(hashtextextended('semel_sync paths ' || ? || '/' || ?, 0))")) {
            holder.setAutoCommit(false);
            lock.setString(1, caller.tenant());
            lock.setString(2, scope);
            lock.execute();
            long start = System.nanoTime();

            assertThat(assertRefused("PATHS_BUSY", () -> sync.engine().push(caller, asked))
                            .retryable())
                    .isTrue();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
            sync.push(caller, scope, put("a", "a.md", 1, "A2")); // moves no path, and waits for nobody
            holder.rollback();
        }
        sync.engine().push(caller, asked);
        assertThat(sync.main(caller, scope)).containsExactly("a 2 a.md A2", "b 1 b.md B");
    }
}
