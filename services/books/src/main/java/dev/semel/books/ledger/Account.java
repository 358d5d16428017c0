package dev.semel.books.ledger;

/** The chart of accounts. */
public enum Account {
    /** What was received, and is not seen on a bank's statement yet. */
    CLEARING("1000"),
    /** What lies at the bank, by its statements. */
    BANK("1010"),
    /** What customers owe. */
    RECEIVABLE("1100"),
    /** What was earned. */
    REVENUE("4000");

    private final String code;

    Account(String code) {
        this.code = code;
    }

    /** The account's number. */
    public String code() {
        return code;
    }
}
