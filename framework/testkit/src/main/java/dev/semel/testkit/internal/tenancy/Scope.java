package dev.semel.testkit.internal.tenancy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.JdbcNamedParameter;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** The sources that the expressions of one statement can name, and the conditions on their tenants. */
final class Scope {
    private final @Nullable Scope outer;
    private final List<Source> sources = new ArrayList<>();
    private final Set<Source> merged = new HashSet<>();
    private final List<Equality> equalities = new ArrayList<>();
    private final Map<String, Boolean> withs = new HashMap<>();

    Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    void with(String name, boolean givesTenant) {
        withs.put(TenantTables.lower(name), givesTenant);
    }

    /** Whether the CTE of that name gives one tenant's rows; empty if there is no such CTE. */
    Optional<Boolean> findWith(String name) {
        Boolean found = withs.get(TenantTables.lower(name));
        return found != null || outer == null ? Optional.ofNullable(found) : outer.findWith(name);
    }

    void add(Source source) {
        sources.add(source);
    }

    List<Source> sources() {
        return sources;
    }

    /** A condition that must hold, and the sources whose rows it restricts. */
    void require(@Nullable Expression condition, Collection<Source> bindable) {
        Expression bare = unwrap(condition);
        if (bare instanceof AndExpression and) {
            require(and.getLeftExpression(), bindable);
            require(and.getRightExpression(), bindable);
        } else if (bare instanceof EqualsTo equals) {
            equal(equals.getLeftExpression(), equals.getRightExpression(), bindable);
        } else if (bare instanceof InExpression in
                && !in.isNot()
                && in.getRightExpression() instanceof ParenthesedExpressionList<?> values
                && values.size() == 1) {
            equal(in.getLeftExpression(), values.get(0), bindable);
        }
    }

    private void equal(Expression left, Expression right, Collection<Source> bindable) {
        if (left instanceof ParenthesedExpressionList<?> lefts
                && right instanceof ParenthesedExpressionList<?> rights
                && lefts.size() == rights.size()
                && lefts.size() > 1) {
            for (int i = 0; i < lefts.size(); i++) {
                equal(lefts.get(i), rights.get(i), bindable);
            }
            return;
        }
        Optional<Tenant> one = tenant(left);
        Optional<Tenant> other = tenant(right);
        if (one.isPresent() && other.isPresent()) {
            equalities.add(new Equality(one.get().source(), other.get().source(), bindable));
        }
    }

    /** {@code USING (tenant_id)}: the name without an alias means both from here on. */
    void merge(Collection<Source> lefts, Collection<Source> rights, Collection<Source> bindable) {
        for (Source left : withTenant(lefts)) {
            for (Source right : withTenant(rights)) {
                equalities.add(new Equality(left, right, bindable));
                merged.addAll(List.of(left, right));
            }
        }
    }

    private static List<Source> withTenant(Collection<Source> sources) {
        return sources.stream().filter(Source::hasTenant).toList();
    }

    void settle() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Equality equality : equalities) {
                changed |= equality.apply();
            }
        }
    }

    /** Whether the expression is the one tenant of the statement's rows. */
    boolean isOneTenant(Expression expression) {
        return tenant(expression)
                .filter(tenant -> tenant.source() == null || tenant.source().isBound())
                .isPresent();
    }

    /**
     * A tenant in a condition.
     *
     * @param source null for a given one: a parameter, the setting, a bound source outside
     */
    private record Tenant(@Nullable Source source) {}

    private Optional<Tenant> tenant(Expression expression) {
        Expression bare = unwrap(expression);
        if (bare instanceof Column column) {
            return TenantTables.lower(column.getColumnName()).equals(TenantTables.TENANT) && isWhole(expression)
                    ? resolve(column)
                    : Optional.empty();
        }
        return isGiven(bare) ? Optional.of(new Tenant(null)) : Optional.empty();
    }

    /** A cast may cut a tenant's name short, but for one to text. */
    private static boolean isWhole(Expression expression) {
        if (expression instanceof ParenthesedExpressionList<?> list) {
            return isWhole(list.get(0));
        }
        return !(expression instanceof CastExpression cast)
                || ("text".equals(TenantTables.lower(cast.getColDataType().toString()))
                        && isWhole(cast.getLeftExpression()));
    }

    private static boolean isGiven(@Nullable Expression expression) {
        return expression instanceof JdbcParameter
                || expression instanceof JdbcNamedParameter
                || expression instanceof StringValue
                || (expression instanceof Function function && isTenantSetting(function));
    }

    private static boolean isTenantSetting(Function function) {
        return "current_setting".equals(TenantTables.lower(function.getName()))
                && function.getParameters().get(0) instanceof StringValue name
                && "semel.tenant".equals(name.getValue());
    }

    private static @Nullable Expression unwrap(@Nullable Expression expression) {
        if (expression instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return unwrap(list.get(0));
        }
        return expression instanceof CastExpression cast ? unwrap(cast.getLeftExpression()) : expression;
    }

    private Optional<Tenant> resolve(Column column) {
        Optional<Source> here = column.getTable() == null || column.getTable().getName() == null
                ? unqualified()
                : qualified(TenantTables.lower(column.getTable().getFullyQualifiedName()));
        if (here.isPresent()) {
            return here.filter(Source::hasTenant).map(Tenant::new);
        }
        return outer == null ? Optional.empty() : outer.resolve(column).flatMap(Scope::given);
    }

    /** From outside a source's tenant is as good as a parameter, if it is bound there. */
    private static Optional<Tenant> given(Tenant tenant) {
        return tenant.source() == null || tenant.source().isBound() ? Optional.of(new Tenant(null)) : Optional.empty();
    }

    private Optional<Source> qualified(String name) {
        return sources.stream().filter(source -> source.isCalled(name)).findFirst();
    }

    private Optional<Source> unqualified() {
        List<Source> candidates = withTenant(sources);
        return candidates.size() == 1
                ? Optional.of(candidates.get(0))
                : candidates.stream().filter(merged::contains).findFirst();
    }
}
