package dev.semel.books.access;

import dev.semel.Write;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.PathIds;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of access grants. Who grants a role may do what it opens: they are for admins. */
@RestController
@RequestMapping("/api/access-grants")
public final class AccessGrantController {
    private final GrantAccess grantAccess;
    private final Revoking revoking;
    private final AccessGrantTable grants;
    private final TenantReads reads;

    /** Serves the handlers and the table. */
    public AccessGrantController(
            GrantAccess grantAccess, Revoking revoking, AccessGrantTable grants, TenantReads reads) {
        this.grantAccess = grantAccess;
        this.revoking = revoking;
        this.grants = grants;
        this.reads = reads;
    }

    /** Grants a user a role. */
    @PostMapping
    @Gate("grantUserAccess")
    public AccessGrant grant(@RequestBody NewAccessGrant body, Write<NewAccessGrant> write) {
        return grantAccess.handle(write);
    }

    /** Revokes a grant. */
    @DeleteMapping("/{id}")
    @Gate("revokeUserAccess")
    public AccessGrant revoke(@PathVariable String id, Write<RevokeAccess> write) {
        return revoking.handle(id, write);
    }

    /** The grants in force, in the order of their creation. */
    @GetMapping
    public Page<AccessGrant> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(request, tenant -> grants.page(tenant, page));
    }

    /** One grant in force. */
    @GetMapping("/{id}")
    public AccessGrant get(@PathVariable String id, HttpServletRequest request) {
        UUID grant = PathIds.parse(id, "access grant");
        return reads.read(
                request, tenant -> grants.find(tenant, grant).orElseThrow(() -> PathIds.notFound("access grant")));
    }
}
