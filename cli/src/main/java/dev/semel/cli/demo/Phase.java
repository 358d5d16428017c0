package dev.semel.cli.demo;

import dev.semel.cli.demo.tally.Stage;
import java.util.List;

/**
 * Writes that may be done in any order.
 *
 * @param kill whether the server is killed in the middle
 */
record Phase(Stage stage, List<Task> tasks, boolean kill) {

    Phase {
        tasks = List.copyOf(tasks);
    }
}
