package dev.semel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Coalescing;
import dev.semel.Fingerprint;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.PayloadCodec;
import dev.semel.TransactionBody;
import dev.semel.Transactions;
import dev.semel.audit.AuditTrail;
import dev.semel.failpoint.Failpoints;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What no caller can bring about for certain: it depends on when a thread is stopped. No database: what is tested is who may work. */
class CoalescerTest {
    private static final Operation<String, String> NOTE =
            Operation.standard("note", String.class, String.class).coalesced().build();
    private static final Coalescing ONE_AT_A_TIME = Coalescing.ofDefaults()
            .withTransactions(1)
            .withLongestWait(Duration.ofMillis(500))
            .withPatience(Duration.ofSeconds(30));

    private final Machinery machinery = machinery();
    private final Coalescer coalescer =
            new Coalescer(machinery, ONE_AT_A_TIME, new Reentry(), new Listeners(List.of(), AuditTrail.none()));

    private static final class NoDatabase implements Transactions {
        @Override
        public <T> T run(TransactionBody<T> body) {
            throw new IllegalStateException("there is no database");
        }
    }

    private static final class NoCodec implements PayloadCodec {
        @Override
        public byte[] write(Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T read(byte[] json, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] canonical(byte[] json) {
            throw new UnsupportedOperationException();
        }
    }

    private static Machinery machinery() {
        Bindings bindings = new Bindings(Map.of(NOTE, new Binding(null, null, null)));
        PayloadCodec codec = new NoCodec();
        return new Machinery(
                new NoDatabase(),
                codec,
                bindings,
                new RecordLast(),
                new Replays(bindings, codec),
                Failpoints.disabled());
    }

    private QueuedCall<String> join(Party party, String key) {
        byte[] canonical = key.getBytes(StandardCharsets.UTF_8);
        return party.add(new Execution<>(
                machinery,
                new Call<>(
                        NOTE,
                        new Caller("acme", "alice", "test"),
                        Key.of(key),
                        key,
                        Fingerprint.of("note", Map.of(), canonical),
                        Map.of(),
                        write -> key),
                () -> {}));
    }

    @Test
    void threadWhoseCallAnotherHasDoneWhenItIsItsTurnGivesTheTurnBack() {
        Party stopped = new Party();
        QueuedCall<String> done = join(stopped, "done");
        done.settleAlone();
        coalescer.settle(stopped);
        assertThat(stopped.isWorking()).isFalse();

        Party next = new Party();
        QueuedCall<String> call = join(next, "next");
        coalescer.settle(next);
        assertThatThrownBy(() -> coalescer.outcome(call)).hasMessage("there is no database");
    }
}
