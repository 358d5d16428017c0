package dev.semel.books.ledger;

import dev.semel.spring.web.Filters;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of the chart of accounts. */
@RestController
@RequestMapping("/api/accounts")
public final class AccountController {
    private final AccountReads accounts;
    private final TenantReads reads;

    /** Serves the reads. */
    public AccountController(AccountReads accounts, TenantReads reads) {
        this.accounts = accounts;
        this.reads = reads;
    }

    /** All accounts, by code; there are few, so that one page has them all. */
    @GetMapping
    public Page<AccountItem> list(@RequestParam(required = false) @Nullable String asOf, HttpServletRequest request) {
        LocalDate day = Filters.day("asOf", asOf);
        return reads.read(request, tenant -> new Page<>(accounts.list(tenant, day), null));
    }

    /** One account. */
    @GetMapping("/{code}")
    public AccountItem get(
            @PathVariable String code,
            @RequestParam(required = false) @Nullable String asOf,
            HttpServletRequest request) {
        LocalDate day = Filters.day("asOf", asOf);
        return reads.read(request, tenant -> accounts.get(tenant, code, day));
    }
}
