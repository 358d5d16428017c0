package dev.semel.sync.merge;

/** Leaves the library's loops, which ask for nothing but comparisons. */
final class BudgetSpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BudgetSpentException() {
        super("too many lines differ", null, false, false);
    }
}
