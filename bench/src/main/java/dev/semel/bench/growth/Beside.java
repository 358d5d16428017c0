package dev.semel.bench.growth;

import java.util.List;
import java.util.Map;

/** What else goes on in a database during a round. Immutable. */
public interface Beside {
    /** Nothing. */
    Beside NOTHING = new Beside() {
        @Override
        public String suffix() {
            return "";
        }

        @Override
        public Activity begin(GrownDatabase ground) {
            return () -> new Seen(Map.of(), List.of());
        }
    };

    /** Of a contender's name. */
    String suffix();

    /**
     * Begins it.
     *
     * @throws Exception if that does not work
     */
    Activity begin(GrownDatabase ground) throws Exception;

    /** It goes on. */
    @FunctionalInterface
    interface Activity extends AutoCloseable {
        /**
         * Ends it.
         *
         * @throws Exception if it ended by itself before, with what ended it
         */
        Seen end() throws Exception;

        /** Frees what it holds; after {@link #end}, or instead of it. */
        @Override
        default void close() {}
    }

    /**
     * What was seen of it.
     *
     * @param figures by name
     * @param faults why the round proves nothing
     */
    record Seen(Map<String, Double> figures, List<String> faults) {
        /** Copies. */
        public Seen {
            figures = Map.copyOf(figures);
            faults = List.copyOf(faults);
        }
    }
}
