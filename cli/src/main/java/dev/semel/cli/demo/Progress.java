package dev.semel.cli.demo;

/** Shows how far a phase is. Implementations are thread-safe. */
interface Progress extends AutoCloseable {

    /** One more task is done. */
    void step();

    @Override
    void close();

    /** Shows nothing. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void step() {}

            @Override
            public void close() {}
        };
    }
}
