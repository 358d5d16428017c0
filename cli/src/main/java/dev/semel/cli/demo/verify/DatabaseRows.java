package dev.semel.cli.demo.verify;

import dev.semel.cli.demo.tally.Stage;
import java.util.Map;
import java.util.OptionalLong;

/** Rows found in the database, by the phase that wrote them. */
public record DatabaseRows(Map<Stage, Long> byStage) {

    public DatabaseRows {
        byStage = Map.copyOf(byStage);
    }

    /** Empty if the database could not be read. */
    public OptionalLong of(Stage stage) {
        Long rows = byStage.get(stage);
        return rows == null ? OptionalLong.empty() : OptionalLong.of(rows);
    }
}
