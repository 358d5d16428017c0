package dev.semel.internal;

import dev.semel.Call;
import dev.semel.KeyExpiredException;
import dev.semel.KeyReusedException;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.PayloadCodec;
import dev.semel.Recall;
import dev.semel.Snapshot;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;

/** Answers calls whose write has already happened. */
final class Replays {
    private final Bindings bindings;
    private final PayloadCodec codec;

    Replays(Bindings bindings, PayloadCodec codec) {
        this.bindings = bindings;
        this.codec = codec;
    }

    /**
     * The stored outcome.
     *
     * @throws KeyReusedException if it belongs to another payload or operation
     */
    <R> Step<R> answer(Connection connection, Call<?, R> call, StoredKey stored) throws Exception {
        requireSamePayload(call, stored);
        Snapshot snapshot = stored.snapshot();
        if (snapshot == null) {
            return new Step.Done<>(fromCreatedRow(connection, call, stored.resultId())
                    .orElseThrow(() -> new KeyExpiredException("This idempotency key has expired, and the row that its"
                            + " request made is gone. The request was not executed again.")));
        }
        if (Rejections.isRejection(snapshot)) {
            return new Step.Rejected<>(Rejections.restore(codec, snapshot));
        }
        return new Step.Done<>(new Outcome.Replayed<>(
                stored.resultId(),
                snapshot,
                () -> codec.read(snapshot.body(), call.operation().resultType())));
    }

    static void requireSamePayload(Call<?, ?> call, StoredKey stored) {
        if (!stored.operationType().equals(call.operation().name())
                || !stored.fingerprint().equals(call.fingerprint())) {
            throw KeyReusedException.usedBefore(call.operation());
        }
    }

    /** The outcome as the operation's recall sees it now. */
    <R> Optional<Outcome<R>> fromCreatedRow(Connection connection, Call<?, R> call, UUID resultId) throws Exception {
        Operation<?, R> operation = call.operation();
        Optional<Recall<R>> recall = bindings.recall(operation);
        if (recall.isEmpty()) {
            return Optional.empty();
        }
        return recall.get()
                .recall(connection, call.caller().tenant(), resultId)
                .map(result -> new Outcome.Replayed<>(
                        resultId,
                        new Snapshot(operation.resultTypeId(), Snapshot.JSON, codec.write(result)),
                        () -> result));
    }
}
