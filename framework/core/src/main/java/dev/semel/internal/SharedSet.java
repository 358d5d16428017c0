package dev.semel.internal;

import dev.semel.BatchHandler;
import dev.semel.Call;
import dev.semel.Outcome;
import dev.semel.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Fresh calls of one operation in a shared transaction, done by its handler for many. Used once, by one thread. */
final class SharedSet<P, R> {
    private final List<Part<P, R>> parts = new ArrayList<>();
    private final Machinery machinery;
    private final OpenTransaction transaction;

    private record Part<P, R>(Member<R> member, Call<P, R> call, Work work, WriteContext<P> write) {}

    SharedSet(Machinery machinery, OpenTransaction transaction, List<Member<R>> members) {
        this.machinery = machinery;
        this.transaction = transaction;
        members.forEach(this::add);
    }

    /** All are of one operation, whose payloads are of its type. */
    @SuppressWarnings("unchecked")
    private void add(Member<R> member) {
        Call<P, R> call = (Call<P, R>) member.call();
        Work work = new Work(machinery, transaction);
        parts.add(new Part<>(member, call, work, work.write(call)));
    }

    /**
     * Runs the handler.
     *
     * @return the members that it left out
     * @throws Exception to have all that it did undone
     */
    List<Member<R>> handle(BatchHandler<P, R> handler) throws Exception {
        long start = System.nanoTime();
        List<Write<P>> writes =
                parts.stream().<Write<P>>map(part -> part.write()).toList();
        Map<UUID, R> results = new HashMap<>(handler.handle(writes));
        for (Part<P, R> part : parts) {
            part.work().requireSound();
        }
        List<Member<R>> leftOut = complete(results, start);
        if (!results.isEmpty()) {
            throw new IllegalStateException("a batch handler has answered writes that were not its own");
        }
        return leftOut;
    }

    private List<Member<R>> complete(Map<UUID, R> results, long start) {
        List<Member<R>> leftOut = new ArrayList<>();
        for (Part<P, R> part : parts) {
            R result = results.remove(part.write().resultId());
            if (result == null) {
                leftOut.add(part.member());
            } else {
                Work.Handled handled = new Work.Handled(part.member().replacesExpired(), start);
                Outcome<R> outcome = part.work().complete(part.call(), part.write(), result, handled);
                part.member().executed(outcome, part.work());
            }
        }
        return leftOut;
    }
}
