package dev.semel.testkit.internal.tenancy;

import org.jspecify.annotations.Nullable;

/** Something in a FROM: a table, or a derived one. */
final class Source {
    /** What is known of its tenant. */
    enum Kind {
        /** Has a column tenant_id and needs a condition on it. */
        TENANT_TABLE,
        /** A sub-select or CTE, checked in itself, whose tenant_id is one tenant's. */
        ONE_TENANT,
        /** Anything else. */
        OTHER
    }

    private final String alias;
    private final @Nullable String table;
    private final Kind kind;
    private boolean bound;

    Source(String alias, @Nullable String table, Kind kind) {
        this.alias = alias;
        this.table = table;
        this.kind = kind;
        this.bound = kind == Kind.ONE_TENANT;
    }

    boolean isCalled(String name) {
        return name.equals(alias) || name.equals(table);
    }

    boolean hasTenant() {
        return kind != Kind.OTHER;
    }

    boolean isBound() {
        return bound;
    }

    boolean lacksCondition() {
        return kind == Kind.TENANT_TABLE && !bound;
    }

    void bind() {
        bound = true;
    }

    Finding finding() {
        String name = table == null ? alias : table;
        return new Finding(
                alias.equals(name) || name.endsWith("." + alias) ? name : name + " AS " + alias,
                "add \"" + alias + ".tenant_id = ?\" to its WHERE or JOIN … ON, outside of any OR");
    }
}
