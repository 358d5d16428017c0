package dev.semel.books.ledger;

import dev.semel.books.settings.CompanyDays;
import dev.semel.books.settings.Period;
import dev.semel.spring.web.PathIds;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The chart of accounts with its balances. Works in the transaction of its caller; sums up the whole journal. */
public final class AccountReads {
    private final JournalLineTable lines;
    private final CompanyDays days;

    /** Reads from that table. */
    public AccountReads(JournalLineTable lines, CompanyDays days) {
        this.lines = lines;
        this.days = days;
    }

    /** By code, as of the end of that day of the company's; null means now. */
    public List<AccountItem> list(String tenant, @Nullable LocalDate asOf) {
        Period period = days.period(tenant, null, asOf);
        Map<Account, SortedMap<String, AccountBalance>> balances = lines.balances(tenant, period);
        return Stream.of(Account.values())
                .map(account -> AccountItem.of(account, balances.getOrDefault(account, Collections.emptySortedMap())))
                .toList();
    }

    AccountItem get(String tenant, String code, @Nullable LocalDate asOf) {
        return list(tenant, asOf).stream()
                .filter(account -> account.code().equals(code))
                .findFirst()
                .orElseThrow(() -> PathIds.notFound("account"));
    }
}
