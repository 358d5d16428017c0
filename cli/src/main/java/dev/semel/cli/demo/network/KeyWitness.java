package dev.semel.cli.demo.network;

import dev.semel.cli.demo.tally.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Watches every answer that arrives for one key, also those the client forgets: at most one execution, one body, and
 * nothing that the contract does not foresee. For one thread.
 */
final class KeyWitness {

    private final String key;
    private final Problems problems;
    private @Nullable AnswerBody body;
    private boolean executed;
    private boolean wrong;

    KeyWitness(String key, Problems problems) {
        this.key = key;
        this.problems = problems;
    }

    /** Takes note of an answer to the first payload. */
    void sawAnswer(Answer answer) {
        if (answer instanceof Answer.Executed) {
            sawExecution();
        }
        if (answer instanceof Answer.Done done) {
            sawBody(done.body());
        }
        if (answer instanceof Answer.Reused) {
            sawWrong("refused as a reused key, though its payload never changed");
        }
        if (answer instanceof Answer.Wrong other) {
            sawWrong(other.description());
        }
    }

    /** Takes note of an answer to a changed payload: it must be refused. */
    void sawAnswerToChanged(Answer answer) {
        if (answer instanceof Answer.Done) {
            sawWrong("a changed payload under the same key was accepted");
        }
        if (answer instanceof Answer.Wrong other) {
            sawWrong("changed payload: " + other.description());
        }
    }

    void gaveUp(String what) {
        sawWrong(what);
    }

    /** Whether asking again makes no sense. */
    boolean isHopeless() {
        return wrong;
    }

    private void sawExecution() {
        if (executed) {
            problems.add(key + ": executed twice (two answers 201)");
        }
        executed = true;
    }

    private void sawBody(AnswerBody seen) {
        if (body == null) {
            body = seen;
        } else if (!body.equals(seen)) {
            problems.add(key + ": two answers differ: " + body + " and " + seen);
        }
    }

    private void sawWrong(String what) {
        // One line per key is enough: five copies would all be refused alike.
        if (!wrong) {
            problems.add(key + ": " + what);
        }
        wrong = true;
    }
}
