package dev.semel.books.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the clients of one company have asked for and were answered. Thread-safe. */
final class Ledger {
    private final List<Call> past = new ArrayList<>();
    private final Queue<Call> twins = new ConcurrentLinkedQueue<>();
    private final Map<Call, UUID> answers = new ConcurrentHashMap<>();
    private final Set<Call> executed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger replays = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();

    synchronized void remember(Call call) {
        past.add(call);
    }

    synchronized @Nullable Call past(Random random) {
        return past.isEmpty() ? null : past.get(random.nextInt(past.size()));
    }

    /** For another client to ask at the same moment. */
    void offerTwin(Call call) {
        twins.add(call);
    }

    @Nullable
    Call twin() {
        return twins.poll();
    }

    boolean isAnswered(Call call) {
        return answers.containsKey(call);
    }

    void answered(Call call, Outcome<?> outcome) {
        UUID before = answers.putIfAbsent(call, outcome.resultId());
        assertThat(outcome.resultId())
                .as("%s again", call.operation())
                .isEqualTo(before == null ? outcome.resultId() : before);
        if (outcome.replayed()) {
            replays.incrementAndGet();
        } else {
            assertThat(executed.add(call))
                    .as("%s is executed once", call.operation())
                    .isTrue();
        }
        call.whenDone().accept(outcome.resultId());
    }

    void refused() {
        refusals.incrementAndGet();
    }

    Set<UUID> results(String operation) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getKey().operation().equals(operation))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return answers.size() + " writes, " + replays + " replays, " + refusals + " refusals";
    }
}
