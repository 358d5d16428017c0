package dev.semel.testkit;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.KeyReusedException;
import dev.semel.testkit.internal.DocumentedId;
import dev.semel.testkit.internal.Ending;
import dev.semel.testkit.internal.Footprint;
import dev.semel.testkit.internal.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** What holds as long as the key is kept. */
final class Contract<I> {
    private final Trial<I> trial;
    private final FailingEnd failingEnd;
    private final int duplicates;

    Contract(Trial<I> trial, FailingEnd failingEnd, int duplicates) {
        this.trial = trial;
        this.failingEnd = failingEnd;
        this.duplicates = duplicates;
    }

    void check() {
        trial.demand(!trial.first().replayed(), "the first call is executed");
        trial.demand(
                trial.written().othersTouched().isEmpty(),
                "an execution touches no other tenant's rows, but left " + trial.written());
        trial.demand(
                trial.written().isOfWrites(),
                "an execution leaves a key and an audit row, but left " + trial.written());
        emitsWhatItDeclares();
        retryIsAnsweredWithTheSameBytes();
        resultIdIsTheDocumentedOne();
        somethingElseUnderTheKeyIsRefused();
        anotherTenantsCallIsItsOwn();
        stormOfDuplicatesHasOneEffect();
        callThatFailsAtItsEndLeavesNothing();
    }

    private void emitsWhatItDeclares() {
        List<String> expected = trial.tested().emittedTypes();
        List<String> emitted =
                trial
                        .database()
                        .eventTypes(
                                trial.caller().tenant(),
                                trial.tested().operation().name())
                        .stream()
                        .sorted()
                        .toList();
        trial.demand(
                emitted.equals(expected), "the declared events " + expected + " are emitted, but there are " + emitted);
    }

    private void retryIsAnsweredWithTheSameBytes() {
        demandReplay(trial.ask(trial.caller(), trial.key(), trial.input()), "a retry");
        demandReplay(trial.askThere(trial.caller(), trial.key(), trial.input()), "a retry on another node");
    }

    private void demandReplay(Ending ending, String what) {
        Ending.Answered retry = trial.answered(ending, what + " is not answered");
        trial.demand(retry.replayed(), what + " is a replay");
        trial.demand(retry.answer().equals(trial.first().answer()), what + " is answered with the same bytes");
        trial.demandNothingMore(what);
    }

    private void resultIdIsTheDocumentedOne() {
        UUID documented = DocumentedId.of(
                trial.caller().tenant(),
                trial.tested().operation().name(),
                trial.key().value());
        UUID given = trial.first().resultId();
        trial.demand(
                given == null || given.equals(documented),
                "the result id of a tenant's key is " + documented + ", but was " + given);
    }

    private void somethingElseUnderTheKeyIsRefused() {
        Ending other = trial.ask(trial.caller(), trial.key(), trial.tested().otherInput(trial.input()));
        trial.demand(
                other instanceof Ending.Failed failed && failed.failure() instanceof KeyReusedException,
                "something else under the key is refused, but ended as " + other);
        trial.demandNothingMore("something else under the key");
    }

    private void anotherTenantsCallIsItsOwn() {
        Caller other = Trial.newCaller();
        I asked = trial.tested().input(other);
        Footprint start = trial.footprint(other);
        Ending.Answered answer = trial.answered(
                trial.ask(other, trial.key(), asked), "another tenant's call under the same key is not answered");
        trial.demand(!answer.replayed(), "another tenant's call under the same key is executed");
        trial.demandWritten(start, other, "another tenant's call under the same key");
        trial.demand(!answer.answer().equals(trial.first().answer()), "another tenant's call has an answer of its own");
    }

    private void stormOfDuplicatesHasOneEffect() {
        Caller other = Trial.newCaller();
        Key stormed = Trial.newKey();
        I asked = trial.tested().input(other);
        Footprint start = trial.footprint(other);
        List<Callable<Ending>> calls = new ArrayList<>();
        for (int i = 0; i < duplicates; i++) {
            calls.add(
                    i % 2 == 0 ? () -> trial.ask(other, stormed, asked) : () -> trial.askThere(other, stormed, asked));
        }
        List<Ending> endings = Together.run(calls);
        trial.demandWritten(start, other, "a storm of " + duplicates + " duplicates on two nodes");
        demandOneAnswer(endings);
    }

    private void demandOneAnswer(List<Ending> endings) {
        List<Ending.Answered> answers = endings.stream()
                .map(ending -> trial.answered(ending, "a duplicate is not answered"))
                .toList();
        trial.demand(
                answers.stream().filter(answer -> !answer.replayed()).count() == 1, "one of the duplicates executes");
        trial.demand(answers.stream().map(Ending.Answered::answer).distinct().count() == 1, "all get the same answer");
    }

    private void callThatFailsAtItsEndLeavesNothing() {
        Caller other = Trial.newCaller();
        Key failing = Trial.newKey();
        I asked = trial.tested().input(other);
        Footprint start = trial.footprint(other);
        Map<String, List<String>> lost = failAtTheEnd(other, failing, asked, start);
        Ending.Answered retry =
                trial.answered(trial.ask(other, failing, asked), "the retry of a failed call is not answered");
        trial.demand(!retry.replayed(), "the retry of a failed call is executed");
        trial.demandWritten(start, other, "the retry of a failed call");
        Map<String, List<String>> made = trial.footprint(other).rowsSince(start);
        trial.demand(
                made.equals(lost),
                "a write that is executed again makes the same rows with the same ids, " + lost + ", but made " + made);
    }

    /** What it had written when it failed. */
    private Map<String, List<String>> failAtTheEnd(Caller other, Key failing, I asked, Footprint start) {
        AtomicReference<Map<String, List<String>>> written = new AtomicReference<>(Map.of());
        failingEnd.failAfter(
                connection -> written.set(uncommitted(connection, other).rowsSince(start)));
        Ending ending = trial.ask(other, failing, asked);
        failingEnd.failNoMore();
        var left = trial.footprint(other).since(start);
        trial.demand(ending instanceof Ending.Failed, "a call whose last statements fail fails, but was answered");
        trial.demand(left.isEmpty(), "a call that fails leaves nothing, but left " + left);
        return written.get();
    }

    /** As the login, which may read everything; the transaction's end undoes that, too. */
    private Footprint uncommitted(Connection connection, Caller other) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("RESET ROLE");
        }
        return Footprint.ofRows(connection, other.tenant(), trial.tested().varying());
    }
}
