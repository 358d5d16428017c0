package dev.semel.books.ledger;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * What was posted to an account in one currency. Immutable.
 *
 * @param balance positive on the account's normal side
 */
public record AccountBalance(String debit, String credit, String balance) {
    static AccountBalance of(Account account, String currency, BigDecimal debit, BigDecimal credit) {
        Currency its = Currencies.require(currency);
        BigDecimal balance = account.type().balance(debit, credit);
        return new AccountBalance(
                new Money(debit, its).text(), new Money(credit, its).text(), new Money(balance, its).text());
    }
}
