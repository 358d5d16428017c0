package dev.semel.books.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RequestInProgressException;
import dev.semel.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Asks for one thing after another, for many a thing twice, and until it is answered. Looks at the books now and then. */
final class HistoryClient implements Callable<Integer> {
    private static final int LOOK_AFTER = 25;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Company> companies;
    private final Invariants invariants;
    private final Random random;
    private final int operations;

    HistoryClient(List<Company> companies, Invariants invariants, Random random, int operations) {
        this.companies = companies;
        this.invariants = invariants;
        this.random = random;
        this.operations = operations;
    }

    @Override
    public Integer call() {
        for (int i = 0; i < operations; i++) {
            Company company = companies.get(random.nextInt(companies.size()));
            ask(company.ledger(), next(company));
            if (i % LOOK_AFTER == 0) {
                patiently(() -> invariants.violations(company.caller().tenant()))
                        .forEach(HistoryClient::fail);
            }
        }
        return operations;
    }

    private static void fail(String violation) {
        throw new AssertionError(violation);
    }

    /** What another client is asking right now, or what was asked long ago, or something new. */
    private Call next(Company company) {
        Ledger ledger = company.ledger();
        Call twin = ledger.twin();
        if (twin != null) {
            return twin;
        }
        Call past = random.nextInt(100) < 15 ? ledger.past(random) : null;
        Call call = past == null ? company.draw(random) : past;
        if (past == null) {
            ledger.remember(call);
        }
        if (random.nextInt(100) < 20) {
            ledger.offerTwin(call);
        }
        return call;
    }

    private static void ask(Ledger ledger, Call call) {
        boolean answered = ledger.isAnswered(call);
        try {
            Outcome<?> outcome = patiently(call.write());
            assertThat(!answered || outcome.replayed())
                    .as("%s is replayed", call.operation())
                    .isTrue();
            ledger.answered(call, outcome);
        } catch (RejectedException e) {
            assertThat(answered)
                    .as("%s was done and is refused: %s", call.operation(), e.code())
                    .isFalse();
            ledger.refused();
        }
    }

    /** Until there is an answer: connections are cut, and others are at it. */
    static <T> T patiently(Supplier<? extends T> asked) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return asked.get();
            } catch (UnavailableException | RequestInProgressException e) {
                assertThat(System.nanoTime()).as("the deadline of an answer").isLessThan(deadline);
            }
        }
    }
}
