package dev.semel.internal;

import dev.semel.Call;
import dev.semel.CallResult;
import dev.semel.Key;
import dev.semel.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A list of calls of one coalesced operation, led by one thread. Used once, by that thread. */
final class Together<P, R> {
    /** What it takes to lead calls. */
    record Tools(Machinery machinery, Flights flights, Listeners listeners, Coalescer coalescer) {}

    private record Lead<R>(
            int index,
            QueuedCall<R> queued,
            Flight flight,
            Listeners.Observation observation,
            Execution<R> execution) {}

    private final Tools tools;
    private final Function<Call<P, R>, Outcome<R>> oneByOne;
    private final List<Supplier<Call<P, R>>> asked;
    private final List<@Nullable CallResult<R>> results = new ArrayList<>();
    private final Set<Key> seen = new HashSet<>();
    private @Nullable Error error;

    Together(Tools tools, Function<Call<P, R>, Outcome<R>> oneByOne, List<Supplier<Call<P, R>>> asked) {
        this.tools = tools;
        this.oneByOne = oneByOne;
        this.asked = asked;
    }

    List<CallResult<R>> run() {
        asked.forEach(one -> results.add(null));
        for (int from = 0; from < asked.size(); from += tools.coalescer().batchSize()) {
            lead(from, Math.min(asked.size(), from + tools.coalescer().batchSize()));
        }
        if (error != null) {
            throw error;
        }
        List<CallResult<R>> all = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            CallResult<R> result = results.get(i);
            // What came twice, or was under way already, has its answer by now or waits for it.
            all.add(result == null ? answer(asked.get(i)) : result);
        }
        return all;
    }

    private CallResult<R> answer(Supplier<Call<P, R>> call) {
        return result(() -> oneByOne.apply(call.get()));
    }

    static <R> CallResult<R> result(Supplier<Outcome<R>> call) {
        try {
            return new CallResult.Succeeded<>(call.get());
        } catch (RuntimeException failure) {
            return new CallResult.Failed<>(failure);
        }
    }

    private void lead(int from, int to) {
        Party party = new Party();
        List<Lead<R>> leads = new ArrayList<>();
        try {
            for (int i = from; i < to; i++) {
                take(i, party, leads);
            }
            if (!leads.isEmpty()) {
                tools.coalescer().settle(party);
            }
        } finally {
            leads.forEach(this::end);
        }
    }

    private void take(int index, Party party, List<Lead<R>> leads) {
        try {
            Call<P, R> call = asked.get(index).get();
            Flight flight = new Flight(call.fingerprint());
            if (!seen.add(call.key())
                    || tools.flights().leadOrJoin(call, flight).isPresent()) {
                return;
            }
            Listeners.Observation observation = tools.listeners().observe(call);
            Execution<R> execution = new Execution<>(tools.machinery(), call, flight::executing);
            leads.add(new Lead<>(index, party.add(execution), flight, observation, execution));
            observation.begin();
        } catch (RuntimeException refused) {
            results.set(index, new CallResult.Failed<>(refused));
        }
    }

    /** Whatever happens to one, all flights are settled. */
    private void end(Lead<R> lead) {
        try {
            results.set(lead.index(), result(() -> outcome(lead)));
        } catch (Error failure) {
            error = error == null ? failure : error;
        }
    }

    private Outcome<R> outcome(Lead<R> lead) {
        return lead.observation()
                .observe(
                        () -> tools.flights()
                                .lead(
                                        lead.execution().call(),
                                        lead.flight(),
                                        () -> tools.coalescer().outcome(lead.queued())),
                        lead.execution()::events);
    }
}
