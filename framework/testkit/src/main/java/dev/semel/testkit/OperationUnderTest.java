package dev.semel.testkit;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Semel;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
    private final Map<String, String> numbers;

    private OperationUnderTest(Builder<I> builder, Function<Caller, I> input, UnaryOperator<I> otherInput) {
        this.operation = builder.operation;
        this.application = builder.application;
        this.asking = builder.asking;
        this.input = input;
        this.otherInput = otherInput;
        this.numbers = Map.copyOf(builder.numbers);
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

    Map<String, String> numbers() {
        return numbers;
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
        private final Map<String, String> numbers = new TreeMap<>();

        private Builder(Operation<?, ?> operation, Application application, Asking<I> asking) {
            this.operation = operation;
            this.application = application;
            this.asking = asking;
        }

        /**
         * Compares one more number, besides how many rows the tenant has in each table: a sum that the operation changes, say.
         *
         * @param name in failure messages
         * @param sql gives one number; its one parameter is the tenant; runs as superuser
         */
        public Builder<I> number(String name, String sql) {
            numbers.put(name, sql);
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
