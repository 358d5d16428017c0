package dev.semel.cli.demo.network;

import dev.semel.cli.demo.tally.Problems;
import dev.semel.cli.demo.tally.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Delivers requests over the bad network, each until its answer is known. Thread-safe. */
public final class Delivery {

    private final BadNetwork network;
    private final long seed;
    private final Duration patience;
    private final Problems problems;

    /**
     * Makes a delivery.
     *
     * @param seed decides how each request is mistreated
     * @param patience how long one request is tried
     * @param problems gets what goes wrong
     */
    public Delivery(BadNetwork network, long seed, Duration patience, Problems problems) {
        this.network = network;
        this.seed = seed;
        this.patience = patience;
        this.problems = problems;
    }

    /**
     * Sends a request several times at once and asks until an answer is known; then perhaps once more, and perhaps with
     * another payload under the same key.
     *
     * @param changed the same request with another payload, or null to leave that out
     * @return the answer's body; empty if there is none, which is then among the problems
     */
    public Optional<AnswerBody> deliver(Ask ask, @Nullable Ask changed, Tally tally) throws InterruptedException {
        DeliveryPlan plan = DeliveryPlan.of(seed, ask.key());
        KeyWitness witness = new KeyWitness(ask.key(), problems);
        Optional<AnswerBody> known = sendCopies(ask, plan, witness, tally);
        if (known.isEmpty()) {
            known = askUntilKnown(ask, witness, tally);
        }
        if (known.isPresent() && plan.askedAgain()) {
            askUntilKnown(ask, witness, tally);
        }
        if (known.isPresent() && plan.changed() && changed != null) {
            askUntilRefused(changed, witness, tally);
        }
        return known;
    }

    private Optional<AnswerBody> sendCopies(Ask ask, DeliveryPlan plan, KeyWitness witness, Tally tally)
            throws InterruptedException {
        List<CompletableFuture<Answer>> copies = new ArrayList<>();
        for (Fate fate : plan.fates()) {
            copies.add(network.send(ask, fate, plan.cancelAfterMillis(), tally));
        }
        Optional<AnswerBody> known = Optional.empty();
        for (int copy = 0; copy < copies.size(); copy++) {
            Answer answer = await(copies.get(copy));
            witness.sawAnswer(answer);
            if (answer instanceof Answer.Done done && plan.fates().get(copy) != Fate.FORGET) {
                known = Optional.of(done.body());
            }
        }
        return known;
    }

    private Optional<AnswerBody> askUntilKnown(Ask ask, KeyWitness witness, Tally tally) throws InterruptedException {
        Backoff backoff = new Backoff(patience);
        while (!witness.isHopeless()) {
            Answer answer = await(network.send(ask, Fate.LISTEN, 0, tally));
            witness.sawAnswer(answer);
            if (answer instanceof Answer.Done done) {
                return Optional.of(done.body());
            }
            pause(backoff, answer, witness);
        }
        return Optional.empty();
    }

    private void askUntilRefused(Ask changed, KeyWitness witness, Tally tally) throws InterruptedException {
        Backoff backoff = new Backoff(patience);
        while (!witness.isHopeless()) {
            Answer answer = await(network.send(changed, Fate.LISTEN, 0, tally));
            witness.sawAnswerToChanged(answer);
            if (answer instanceof Answer.Reused) {
                return;
            }
            pause(backoff, answer, witness);
        }
    }

    private void pause(Backoff backoff, Answer answer, KeyWitness witness) throws InterruptedException {
        if (backoff.isOver()) {
            witness.gaveUp("no answer within " + patience.toSeconds() + " s");
        } else if (answer instanceof Answer.Busy busy) {
            backoff.pause(busy.retryAfter());
        } else if (answer instanceof Answer.Lost) {
            backoff.pause(Duration.ZERO);
        }
    }

    private static Answer await(CompletableFuture<Answer> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
