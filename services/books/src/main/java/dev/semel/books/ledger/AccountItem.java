package dev.semel.books.ledger;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An account of the chart, with what was posted to it. Immutable.
 *
 * @param normalSide on which it grows
 * @param balances by currency; empty if nothing was posted
 */
public record AccountItem(
        String code,
        String name,
        AccountType type,
        AccountType.Side normalSide,
        SortedMap<String, AccountBalance> balances) {
    /** Copies the balances. */
    public AccountItem {
        balances = Collections.unmodifiableSortedMap(new TreeMap<>(balances));
    }

    static AccountItem of(Account account, SortedMap<String, AccountBalance> balances) {
        return new AccountItem(
                account.code(), account.title(), account.type(), account.type().normalSide(), balances);
    }
}
