package dev.semel.cli.demo;

import dev.semel.cli.demo.network.AnswerBody;
import dev.semel.cli.demo.tally.Stage;
import dev.semel.cli.demo.tally.Tally;
import java.util.Map;
import java.util.Optional;

/**
 * What a phase came to.
 *
 * @param answers by idempotency key
 * @param kill empty if the server was left alone
 */
record PhaseResult(Stage stage, int tasks, Tally tally, Map<String, AnswerBody> answers, Optional<Kill> kill) {

    PhaseResult {
        answers = Map.copyOf(answers);
    }
}
