package dev.semel.testkit;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.outbox.OutboxEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * An operation with what it takes to try it out: described once, tried by {@link ExactlyOnce} and by {@link FaultEnumeration}.
 * Immutable.
 *
 * @param <I> what a call is made of: the operation's payload, or whatever the test needs
 */
public final class OperationUnderTest<I> {
    /** Builds the application on a data source. */
    @FunctionalInterface
    public interface Application {
        /** An engine of its own, with its handlers, all of whose connections come from the data source. */
        Semel on(DataSource source);
    }

    /** Asks once. */
    @FunctionalInterface
    public interface Asking<I> {
        /**
         * The outcome of one call under the key.
         *
         * @throws Exception whatever the call fails with
         */
        Outcome<?> ask(Semel semel, Caller caller, Key key, I input) throws Exception;
    }

    private final Operation<?, ?> operation;
    private final Application application;
    private final Asking<I> asking;
    private final Function<Caller, I> input;
    private final UnaryOperator<I> otherInput;
    private final Map<String, List<String>> varying;
    private final Map<String, Integer> emissions;

    private OperationUnderTest(Builder<I> builder, Function<Caller, I> input, UnaryOperator<I> otherInput) {
        this.operation = builder.operation;
        this.application = builder.application;
        this.asking = builder.asking;
        this.input = input;
        this.otherInput = otherInput;
        this.varying = Map.copyOf(builder.varying);
        this.emissions = Map.copyOf(builder.emissions);
    }

    /** An operation that is executed with its payload and nothing else. */
    public static <P, R> Builder<P> of(Operation<P, R> operation, Application application) {
        return new Builder<>(
                operation,
                application,
                (semel, caller, key, payload) -> semel.execute(operation, caller, key, payload));
    }

    /** An operation whose calls take more than a payload, path variables for example. */
    public static <I> Builder<I> of(Operation<?, ?> operation, Application application, Asking<I> asking) {
        return new Builder<>(operation, application, asking);
    }

    Operation<?, ?> operation() {
        return operation;
    }

    Semel on(DataSource source) {
        return application.on(source);
    }

    Outcome<?> ask(Semel semel, Caller caller, Key key, I asked) throws Exception {
        return asking.ask(semel, caller, key, asked);
    }

    I input(Caller caller) {
        return input.apply(caller);
    }

    I otherInput(I asked) {
        return otherInput.apply(asked);
    }

    Map<String, List<String>> varying() {
        return varying;
    }

    /** The types of the events that one execution emits, each as often as it does, sorted. */
    List<String> emittedTypes() {
        List<String> types = new ArrayList<>();
        operation.events().forEach(type -> types.addAll(Collections.nCopies(emissions.getOrDefault(type, 1), type)));
        if (operation.workflow() != null) {
            types.add(OutboxEvent.WORKFLOW_PREFIX + operation.workflow());
        }
        if (types.isEmpty()) {
            types.add(OutboxEvent.EXECUTED);
        }
        return types.stream().sorted().toList();
    }

    /**
     * Collects the description. Not thread-safe.
     *
     * @param <I> what a call is made of
     */
    public static final class Builder<I> {
        private final Operation<?, ?> operation;
        private final Application application;
        private final Asking<I> asking;
        private final Map<String, List<String>> varying = new TreeMap<>();
        private final Map<String, Integer> emissions = new TreeMap<>();

        private Builder(Operation<?, ?> operation, Application application, Asking<I> asking) {
            this.operation = operation;
            this.application = application;
            this.asking = asking;
        }

        /**
         * Does not compare columns whose content differs from one execution to another. Needed for neither ids, times nor
         * what is drawn from a sequence.
         *
         * @param table with its schema
         */
        public Builder<I> varies(String table, String... columns) {
            varying.merge(
                    table,
                    List.of(columns),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
            return this;
        }

        /**
         * How many events of a type an execution emits with this input. Default: one of each type that the operation declares.
         *
         * @throws IllegalArgumentException if the operation does not declare the type
         */
        public Builder<I> emits(String eventType, int times) {
            if (!operation.events().contains(eventType)) {
                throw new IllegalArgumentException(operation.name() + " does not declare that it emits " + eventType);
            }
            emissions.put(eventType, times);
            return this;
        }

        /**
         * The description.
         *
         * @param input what to ask for, made anew for each key: may arrange the rows that the call needs
         * @param otherInput something else to ask for under the same key
         */
        public OperationUnderTest<I> build(Function<Caller, I> input, UnaryOperator<I> otherInput) {
            return new OperationUnderTest<>(this, input, otherInput);
        }

        /** The description of an operation whose input needs no arranging. */
        public OperationUnderTest<I> build(I input, I otherInput) {
            return build(caller -> input, asked -> otherInput);
        }
    }
}
