package dev.semel.books.ledger;

/** The chart of accounts. */
public enum Account {
    /** What lies at the bank. */
    BANK("1000"),
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
