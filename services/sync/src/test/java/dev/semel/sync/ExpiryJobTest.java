package dev.semel.sync;

import static dev.semel.sync.TestSync.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.maintenance.JobResult;
import dev.semel.sync.changesets.ExpiryJob;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The job that lets changesets expire. */
@ExtendWith(SyncExtension.class)
class ExpiryJobTest {
    private final TestSync sync;
    private final Caller caller = TestSync.newCaller();
    private final Caller other = TestSync.newCaller();

    ExpiryJobTest(TestSync sync) {
        this.sync = sync;
    }

    private ExpiryJob job() {
        return new ExpiryJob(
                sync.engine().semel(),
                () -> List.of(caller.tenant(), other.tenant()),
                sync.engine().tables().changesets());
    }

    private UUID proposed(Caller author, String scope, int number) {
        return Objects.requireNonNull(sync.push(author, scope, put("f" + number, "f" + number + ".md", 0, "text"))
                        .changeset())
                .id();
    }

    private void untouchedSince(String age, UUID id) {
        sync.asSuperuser(
                "UPDATE semel_sync.changesets SET changed_at = now() - interval '" + age + "' WHERE id = '" + id + "'");
    }

    private List<String> statuses(Caller of) {
        return sync.query(
                "SELECT status || ' ' || count(*) FROM semel_sync.changesets WHERE tenant_id = ? GROUP BY status"
                        + " ORDER BY status",
                of.tenant());
    }

    @Test
    void whatNobodyHasTouchedForAFortnightExpiresForEveryTenant() throws Exception {
        String scope = sync.scope(caller, "reviewed");
        untouchedSince("15 days", proposed(caller, scope, 1));
        untouchedSince("13 days", proposed(caller, scope, 2));
        untouchedSince("15 days", proposed(other, sync.scope(other, "reviewed"), 1));

        assertThat(job().run()).isEqualTo(new JobResult(2, 0));

        assertThat(statuses(caller)).containsExactly("expired 1", "proposed 1");
        assertThat(statuses(other)).containsExactly("expired 1");
        assertThat(job().run()).as("once").isEqualTo(new JobResult(0, 0));
    }

    @Test
    void moreThanABatchExpireInOneRun() throws Exception {
        String scope = sync.scope(caller, "reviewed");
        for (int number = 0; number < 101; number++) {
            untouchedSince("20 days", proposed(caller, scope, number));
        }

        assertThat(job().run()).isEqualTo(new JobResult(101, 0));

        assertThat(statuses(caller)).containsExactly("expired 101");
    }
}
