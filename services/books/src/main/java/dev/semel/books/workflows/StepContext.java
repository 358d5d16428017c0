package dev.semel.books.workflows;

import dev.semel.PayloadCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** What a step is told. Immutable. */
public final class StepContext {
    private final StoredRun run;
    private final String step;
    private final Map<String, String> results;
    private final PayloadCodec codec;

    StepContext(StoredRun run, String step, Map<String, String> results, PayloadCodec codec) {
        this.run = run;
        this.step = step;
        this.results = results;
        this.codec = codec;
    }

    /** Whose run it is. */
    public String tenant() {
        return run.tenant();
    }

    /** The run's. */
    public UUID runId() {
        return run.id();
    }

    /** The same whenever this step of this run is tried: send it along, so that a receiver can tell a repetition. */
    public String key() {
        return run.id() + ":" + step;
    }

    /** The run's input as JSON: what the write answered, or what the trigger was given. */
    public String input() {
        return run.input();
    }

    /**
     * The run's input.
     *
     * @throws dev.semel.InvalidPayloadException if it is not of that type
     */
    public <T> T input(Class<T> type) {
        return codec.read(run.input().getBytes(StandardCharsets.UTF_8), type);
    }

    /**
     * What an earlier step resulted in.
     *
     * @throws IllegalArgumentException if it is no earlier step
     */
    public <T> T result(String earlierStep, Class<T> type) {
        String json = results.get(earlierStep);
        if (json == null) {
            throw new IllegalArgumentException(earlierStep + " is no earlier step");
        }
        return codec.read(json.getBytes(StandardCharsets.UTF_8), type);
    }
}
