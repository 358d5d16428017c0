package dev.semel.testkit;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Semel;
import dev.semel.testkit.internal.Change;
import dev.semel.testkit.internal.Ending;
import dev.semel.testkit.internal.Footprint;
import java.util.UUID;

/** An operation on two nodes, its first execution, and what later calls are compared with. */
final class Trial<I> {
    private final TestDatabase database;
    private final OperationUnderTest<I> tested;
    private final Semel here;
    private final Semel there;
    private final Caller caller = newCaller();
    private final Key key = newKey();
    private final I input;
    private final Footprint before;
    private final Ending.Answered first;
    private final Change written;

    Trial(TestDatabase database, OperationUnderTest<I> tested, Semel here, Semel there) {
        this.database = database;
        this.tested = tested;
        this.here = here;
        this.there = there;
        this.input = tested.input(caller);
        this.before = footprint(caller);
        this.first = answered(ask(caller, key, input), "the first call is not answered");
        this.written = footprint(caller).since(before);
    }

    TestDatabase database() {
        return database;
    }

    OperationUnderTest<I> tested() {
        return tested;
    }

    Caller caller() {
        return caller;
    }

    Key key() {
        return key;
    }

    I input() {
        return input;
    }

    Ending.Answered first() {
        return first;
    }

    Change written() {
        return written;
    }

    Ending ask(Caller asker, Key under, I asked) {
        return Ending.of(() -> tested.ask(here, asker, under, asked));
    }

    Ending askThere(Caller asker, Key under, I asked) {
        return Ending.of(() -> tested.ask(there, asker, under, asked));
    }

    Footprint footprint(Caller writer) {
        return database.footprint(writer.tenant(), tested.varying());
    }

    /** The first caller's rows are what the first execution left. */
    void demandNothingMore(String what) {
        demandWritten(before, caller, what);
    }

    void demandWritten(Footprint start, Caller writer, String what) {
        Change now = footprint(writer).since(start);
        demand(now.equals(written), what + " leaves " + written + ", but left " + now);
    }

    Ending.Answered answered(Ending ending, String otherwise) {
        if (ending instanceof Ending.Failed failed) {
            throw new AssertionError(tested.operation().name() + ": " + otherwise, failed.failure());
        }
        return (Ending.Answered) ending;
    }

    void demand(boolean kept, String promise) {
        if (!kept) {
            throw new AssertionError(tested.operation().name() + ": " + promise);
        }
    }

    static Caller newCaller() {
        return new Caller("once-" + UUID.randomUUID(), "tester", "exactly-once");
    }

    static Key newKey() {
        return Key.of("once-" + UUID.randomUUID());
    }
}
