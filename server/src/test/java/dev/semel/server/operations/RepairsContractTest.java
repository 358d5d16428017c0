package dev.semel.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.PayloadCodec;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.server.TestServer;
import dev.semel.testkit.ExactlyOnce;
import dev.semel.testkit.FaultEnumeration;
import dev.semel.testkit.OperationUnderTest;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators' repairs keep the contract of all writes, whatever fails. */
@ExtendWith(PostgresExtension.class)
class RepairsContractTest {
    private final TestDatabase database;

    RepairsContractTest(TestDatabase database) {
        this.database = database;
    }

    private static Stream<Operation<?, ?>> repairs() {
        return Stream.of(
                OutboxOperations.REPLAY_EVENT, OutboxOperations.DISCARD_EVENT, OutboxOperations.REPLAY_PARKED_EVENTS);
    }

    @ParameterizedTest
    @MethodSource("repairs")
    void repairIsExactlyOnce(Operation<?, ?> repair) {
        ExactlyOnce.on(database).duplicates(20).assertExactlyOnce(tested(repair));
    }

    @ParameterizedTest
    @MethodSource("repairs")
    void repairIsExactlyOnceWhateverFails(Operation<?, ?> repair) {
        assertThat(FaultEnumeration.run(database, tested(repair)).points()).isGreaterThan(30);
    }

    private OperationUnderTest<String> tested(Operation<?, ?> repair) {
        return OperationUnderTest.<String>of(
                        repair,
                        RepairsContractTest::engine,
                        (semel, caller, key, id) -> ask(semel, repair, caller, key, id))
                .build(this::parkedEvent, asked -> UUID.randomUUID().toString());
    }

    private static Semel engine(DataSource source) {
        Semel.Builder builder =
                Semel.builder(Transactions.of(source), TestServer.shared().bean(PayloadCodec.class));
        repairs().forEach(builder::register);
        return builder.build();
    }

    private static Outcome<Mended> ask(Semel semel, Operation<?, ?> repair, Caller caller, Key key, String id) {
        if (repair == OutboxOperations.REPLAY_EVENT) {
            return ask(
                    semel,
                    OutboxOperations.REPLAY_EVENT,
                    new Asked<>(caller, key, id, new ReplayEvent()),
                    write -> OutboxRepairs.replay(id, write));
        }
        if (repair == OutboxOperations.DISCARD_EVENT) {
            return ask(
                    semel,
                    OutboxOperations.DISCARD_EVENT,
                    new Asked<>(caller, key, id, new DiscardEvent()),
                    write -> OutboxRepairs.discard(id, write));
        }
        return ask(
                semel,
                OutboxOperations.REPLAY_PARKED_EVENTS,
                new Asked<>(caller, key, id, new ReplayParked("order.placed", null)),
                OutboxRepairs::replayAll);
    }

    private record Asked<P>(Caller caller, Key key, String id, P payload) {}

    private static <P> Outcome<Mended> ask(
            Semel semel, Operation<P, Mended> repair, Asked<P> asked, Handler<P, Mended> handler) {
        Map<String, String> variables = Map.of("id", asked.id());
        return semel.execute(new Call<>(
                repair,
                asked.caller(),
                asked.key(),
                asked.payload(),
                Fingerprint.of(repair.name(), variables, "{}".getBytes(StandardCharsets.UTF_8)),
                variables,
                handler));
    }

    /** The id of an event with one parked delivery. */
    private String parkedEvent(Caller caller) {
        String id = UUID.randomUUID().toString();
        database.run(OutboxRows.parked(caller.tenant(), id, "gone"));
        return id;
    }
}
