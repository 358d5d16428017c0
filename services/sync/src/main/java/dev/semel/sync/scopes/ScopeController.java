package dev.semel.sync.scopes;

import dev.semel.Write;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of scopes. */
@RestController
@RequestMapping("/v1/scopes")
public final class ScopeController {
    private final CreateScope createScope;
    private final ScopeTable scopes;
    private final TenantReads reads;

    /** Serves the handler and the table. */
    public ScopeController(CreateScope createScope, ScopeTable scopes, TenantReads reads) {
        this.createScope = createScope;
        this.scopes = scopes;
        this.reads = reads;
    }

    /** Creates a scope. */
    @PostMapping
    @Gate("createScope")
    public Scope create(@RequestBody NewScope body, Write<NewScope> write) {
        return createScope.handle(write);
    }

    /** The scopes, in the order of their names. */
    @GetMapping
    public Page<Scope> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(request, tenant -> scopes.page(tenant, page));
    }

    /** One scope. */
    @GetMapping("/{scope}")
    public Scope get(@PathVariable String scope, HttpServletRequest request) {
        return reads.read(request, tenant -> scopes.require(tenant, scope));
    }
}
