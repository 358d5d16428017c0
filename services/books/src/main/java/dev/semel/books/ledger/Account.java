package dev.semel.books.ledger;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The chart of accounts: the same for every company, and each account is posted to by some operation. An account that nothing
 * posts to would be a promise that nobody keeps, so companies add none.
 */
public enum Account {
    /** What was received or paid back, and is not seen on a bank's statement yet; below zero if more is on its way out. */
    CLEARING("1000", "Clearing", AccountType.ASSET),
    /** What lies at the bank, by its statements. */
    BANK("1010", "Bank", AccountType.ASSET),
    /** What customers owe. */
    RECEIVABLE("1100", "Receivables", AccountType.ASSET),
    /** What employees are to get. */
    WAGES_PAYABLE("2100", "Wages payable", AccountType.LIABILITY),
    /** What is to be passed on of their salaries, and on top of them. */
    DEDUCTIONS_PAYABLE("2200", "Deductions payable", AccountType.LIABILITY),
    /** What customers have paid for what was credited afterwards, and have not got back. */
    CUSTOMER_CREDITS("2300", "Customer credits", AccountType.LIABILITY),
    /** What was earned. */
    REVENUE("4000", "Revenue", AccountType.REVENUE),
    /** Salaries before deductions. */
    WAGES("6000", "Wages", AccountType.EXPENSE),
    /** What the employer pays on top of salaries. */
    CONTRIBUTIONS("6100", "Employer's contributions", AccountType.EXPENSE);

    private final String code;
    private final String title;
    private final AccountType type;

    Account(String code, String title, AccountType type) {
        this.code = code;
        this.title = title;
        this.type = type;
    }

    /** The account of that number; empty if the chart has none. */
    public static Optional<Account> find(String code) {
        return Stream.of(values()).filter(account -> account.code.equals(code)).findFirst();
    }

    /** The account's number. */
    public String code() {
        return code;
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** What it counts. */
    public AccountType type() {
        return type;
    }
}
