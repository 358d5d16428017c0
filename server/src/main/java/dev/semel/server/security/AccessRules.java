package dev.semel.server.security;

import static dev.semel.server.security.AccessRule.open;
import static dev.semel.server.security.AccessRule.read;
import static dev.semel.server.security.AccessRule.write;

import dev.semel.server.tokens.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The whole table of who may do what where. The first rule that fits decides; an admin may do everything in the tenant. A
 * route that no rule speaks about keeps the server from starting, see {@link AccessCheck}.
 */
final class AccessRules {
    private static final Set<Role> NOBODY_ELSE = Set.of();
    /** What single people earn. */
    private static final String[] PAYROLL = {"/api/employees/**", "/api/payroll-runs/**"};

    private static final String[] BOOKS = {
        "/api/customers/**",
        "/api/invoices/**",
        "/api/credit-notes/**",
        "/api/refunds/**",
        "/api/payments/**",
        "/api/bank-transactions/**",
        "/api/items/**",
        "/api/workflows/**",
        "/api/workflow-runs/**",
        "/api/settings/**",
        "/api/journal/**",
        "/api/trial-balance/**",
        "/api/journal.csv",
        "/api/invoices.csv",
        "/api/accounts/**",
        "/api/receivables/**"
    };
    private static final String[] DOCUMENTS = {"/api/documents/**", "/api/blobs/**", "/api/docs/**"};
    private static final String[] SYNC = {"/v1/scopes/**", "/v1/sync/**", "/v1/blobs/**", "/v1/changesets/**"};
    private static final String[] OPERATIONS = {
        "/api/writes/**", "/api/outbox/**", "/api/leases/**", "/api/operations/**", "/api/blobs/damaged"
    };

    static final List<AccessRule> ALL = List.of(
            open("/actuator/health", "/v3/api-docs/**", "/v3/api-docs.yaml", "/swagger-ui/**", "/swagger-ui.html"),
            read(Set.of(Role.OPERATOR), "/actuator/**"),
            read(Set.of(Role.ACCOUNTANT), PAYROLL),
            write(Set.of(Role.ACCOUNTANT), PAYROLL),
            read(Set.of(Role.ACCOUNTANT, Role.READER), BOOKS),
            write(Set.of(Role.ACCOUNTANT), BOOKS),
            read(Set.of(Role.OPERATOR), OPERATIONS),
            read(EnumSet.allOf(Role.class), DOCUMENTS),
            write(Set.of(Role.WRITER), DOCUMENTS),
            write(EnumSet.allOf(Role.class), "/v1/sync/pull", "/v1/blobs/missing"),
            read(EnumSet.allOf(Role.class), SYNC),
            write(Set.of(Role.REVIEWER), "/v1/changesets/*/decisions"),
            write(Set.of(Role.PUBLISHER), "/v1/changesets/*/publish"),
            write(Set.of(Role.WRITER), SYNC),
            write(Set.of(Role.OPERATOR), OPERATIONS),
            read(EnumSet.allOf(Role.class), "/api/usage/**"),
            read(NOBODY_ELSE, "/api/tokens/**", "/api/access-grants/**"),
            write(NOBODY_ELSE, "/api/tokens/**", "/api/access-grants/**"));

    private AccessRules() {}
}
