package dev.semel.testkit.internal.tenancy;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two tenants that a condition demands to be equal.
 *
 * @param left a source's tenant; null for a given one
 * @param right likewise
 * @param bindable the sources whose rows the condition really restricts: not those that an outer join keeps
 */
record Equality(@Nullable Source left, @Nullable Source right, Collection<Source> bindable) {
    Equality {
        bindable = List.copyOf(bindable);
    }

    /** Binds what it can; whether that changed anything. */
    boolean apply() {
        return bind(left, right) || bind(right, left);
    }

    private boolean bind(@Nullable Source from, @Nullable Source to) {
        if (to == null || to.isBound() || !bindable.contains(to) || (from != null && !from.isBound())) {
            return false;
        }
        to.bind();
        return true;
    }
}
