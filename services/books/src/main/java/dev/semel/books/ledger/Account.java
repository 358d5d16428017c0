package dev.semel.books.ledger;

/** The chart of accounts. */
public enum Account {
    /** What was received, and is not seen on a bank's statement yet. */
    CLEARING("1000"),
    /** What lies at the bank, by its statements. */
    BANK("1010"),
    /** What customers owe. */
    RECEIVABLE("1100"),
    /** What employees are to get. */
    WAGES_PAYABLE("2100"),
    /** What is to be passed on of their salaries, and on top of them. */
    DEDUCTIONS_PAYABLE("2200"),
    /** What was earned. */
    REVENUE("4000"),
    /** Salaries before deductions. */
    WAGES("6000"),
    /** What the employer pays on top of salaries. */
    CONTRIBUTIONS("6100");

    private final String code;

    Account(String code) {
        this.code = code;
    }

    /** The account's number. */
    public String code() {
        return code;
    }
}
