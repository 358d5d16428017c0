package dev.semel.testkit.internal.tenancy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.delete.ParenthesedDelete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.InsertConflictAction;
import net.sf.jsqlparser.statement.insert.InsertConflictTarget;
import net.sf.jsqlparser.statement.insert.ParenthesedInsert;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.GroupByElement;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.ParenthesedUpdate;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import org.jspecify.annotations.Nullable;

/**
 * Walks through one parsed statement: every SELECT, UPDATE and DELETE in it is a scope of its own, in which each tenant table
 * needs its condition. Used once, by one thread.
 */
final class Analysis {
    private final TenantTables tables;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<PlainSelect> selects = Collections.newSetFromMap(new IdentityHashMap<>());
    private long seen;

    Analysis(TenantTables tables) {
        this.tables = tables;
    }

    List<Finding> findings() {
        return findings;
    }

    /** How many tenant tables it came by. */
    long seen() {
        return seen;
    }

    /** How many SELECTs it looked into. */
    long selects() {
        return selects.size();
    }

    /** Empty if it is no statement that this check understands. */
    Optional<Output> statement(Statement parsed, @Nullable Scope outer) {
        Statement statement = unwrap(parsed);
        if (statement instanceof Select select) {
            return Optional.of(select(select, outer));
        }
        if (statement instanceof Insert insert) {
            return Optional.of(insert(insert, outer));
        }
        if (statement instanceof Update update) {
            return Optional.of(update(update, outer));
        }
        return statement instanceof Delete delete ? Optional.of(delete(delete, outer)) : Optional.empty();
    }

    private static Statement unwrap(Statement parsed) {
        if (parsed instanceof ParenthesedInsert inner) {
            return inner.getInsert();
        }
        if (parsed instanceof ParenthesedUpdate inner) {
            return inner.getUpdate();
        }
        return parsed instanceof ParenthesedDelete inner ? inner.getDelete() : parsed;
    }

    private Scope names(@Nullable List<WithItem<?>> withs, @Nullable Scope outer) {
        Scope names = new Scope(outer);
        for (WithItem<?> with : orEmpty(withs)) {
            names.with(with.getAliasName(), with(with, names));
        }
        return names;
    }

    /** A recursive CTE is taken to give one tenant's rows until it turns out that it does not. */
    private boolean with(WithItem<?> with, Scope names) {
        Scope inside = new Scope(names);
        inside.with(with.getAliasName(), true);
        Analysis first = new Analysis(tables);
        boolean given = first.givesTenant(with, with.isRecursive() ? inside : names);
        if (!given && with.isRecursive()) {
            inside.with(with.getAliasName(), false);
            first = new Analysis(tables);
            first.givesTenant(with, inside);
        }
        findings.addAll(first.findings);
        selects.addAll(first.selects);
        seen += first.seen;
        return given;
    }

    private boolean givesTenant(WithItem<?> with, Scope scope) {
        Output output = statement(with.getParenthesedStatement(), scope).orElse(Output.NOTHING);
        List<String> renamed = orEmpty(with.getWithItemList()).stream()
                .map(item -> item.getExpression().toString())
                .toList();
        return renamed.isEmpty() ? output.givesTenant() : output.givesTenantAs(renamed);
    }

    private Output select(Select select, @Nullable Scope outer) {
        Scope names = names(select.getWithItemsList(), outer);
        if (select instanceof ParenthesedSelect inner) {
            lookAtTheEnd(select, new Subselects(names));
            return select(inner.getSelect(), names);
        }
        if (select instanceof SetOperationList union) {
            lookAtTheEnd(select, new Subselects(names));
            return union(union, names);
        }
        if (select instanceof PlainSelect plain) {
            return plain(plain, names);
        }
        if (select instanceof Values values) {
            values.getExpressions().forEach(new Subselects(names)::look);
            return Output.NOTHING;
        }
        throw new IllegalArgumentException(select.getClass().getSimpleName() + " is not supported");
    }

    /** One tenant's only if each part is. */
    private Output union(SetOperationList union, Scope names) {
        List<Output> parts =
                union.getSelects().stream().map(part -> select(part, names)).toList();
        List<Output.Column> columns = new ArrayList<>();
        for (int i = 0; i < parts.get(0).columns().size(); i++) {
            int place = i;
            boolean all = parts.stream()
                    .allMatch(part -> place < part.columns().size()
                            && part.columns().get(place).oneTenant());
            columns.add(new Output.Column(parts.get(0).columns().get(i).name(), all));
        }
        return new Output(columns);
    }

    private Output plain(PlainSelect select, Scope names) {
        selects.add(select);
        Scope scope = new Scope(names);
        Froms froms = new Froms(scope, names);
        froms.add(select.getFromItem(), select.getJoins());
        froms.where(select.getWhere());
        froms.settle();
        Subselects expressions = new Subselects(scope);
        expressions.look(select.getHaving());
        expressions.lookAtItems(select.getSelectItems());
        expressions.lookAtGroups(select.getGroupBy());
        if (select.getDistinct() != null) {
            expressions.lookAtItems(select.getDistinct().getOnSelectItems());
        }
        lookAtTheEnd(select, expressions);
        report(scope);
        return output(select.getSelectItems(), scope);
    }

    private static void lookAtTheEnd(Select select, Subselects expressions) {
        orEmpty(select.getOrderByElements()).forEach(order -> expressions.look(order.getExpression()));
        if (select.getLimit() != null) {
            expressions.look(select.getLimit().getRowCount());
            expressions.look(select.getLimit().getOffset());
        }
        if (select.getOffset() != null) {
            expressions.look(select.getOffset().getOffset());
        }
        if (select.getFetch() != null) {
            expressions.look(select.getFetch().getExpression());
        }
    }

    private Output update(Update update, @Nullable Scope outer) {
        Scope names = names(update.getWithItemsList(), outer);
        Scope scope = new Scope(names);
        Froms froms = new Froms(scope, names);
        froms.target(update.getTable());
        froms.add(null, update.getStartJoins());
        froms.add(update.getFromItem(), update.getJoins());
        froms.where(update.getWhere());
        froms.settle();
        Subselects expressions = new Subselects(scope);
        orEmpty(update.getUpdateSets()).forEach(expressions::look);
        requireUnchangedTenant(update.getTable(), update.getUpdateSets());
        return returning(update.getReturningClause(), scope, expressions);
    }

    private Output delete(Delete delete, @Nullable Scope outer) {
        Scope names = names(delete.getWithItemsList(), outer);
        Scope scope = new Scope(names);
        Froms froms = new Froms(scope, names);
        froms.target(delete.getTable());
        orEmpty(delete.getUsingList()).forEach(table -> froms.add(table, null));
        froms.add(null, delete.getJoins());
        froms.where(delete.getWhere());
        froms.settle();
        Subselects expressions = new Subselects(scope);
        return returning(delete.getReturningClause(), scope, expressions);
    }

    private Output returning(@Nullable List<SelectItem<?>> items, Scope scope, Subselects expressions) {
        expressions.lookAtItems(items);
        report(scope);
        return output(items, scope);
    }

    private Output insert(Insert insert, @Nullable Scope outer) {
        Scope names = names(insert.getWithItemsList(), outer);
        boolean one = insert.getSelect() == null || insertsOneTenant(insert, select(insert.getSelect(), names));
        Scope scope = new Scope(names);
        Source target = target(insert.getTable());
        scope.add(target);
        if (target.hasTenant()) {
            requireColumns(insert);
            requireConflictTarget(insert);
            if (one) {
                target.bind();
            }
        }
        Subselects expressions = new Subselects(scope);
        InsertConflictAction action = insert.getConflictAction();
        if (action != null) {
            expressions.look(action.getWhereExpression());
            orEmpty(action.getUpdateSets()).forEach(expressions::look);
            requireUnchangedTenant(insert.getTable(), action.getUpdateSets());
        }
        expressions.lookAtItems(insert.getReturningClause());
        return output(insert.getReturningClause(), scope);
    }

    private static boolean insertsOneTenant(Insert insert, Output selected) {
        return insert.getSelect() instanceof Values
                || selected.givesTenantAs(orEmpty(insert.getColumns()).stream()
                        .map(Column::getColumnName)
                        .toList());
    }

    private void requireColumns(Insert insert) {
        if (orEmpty(insert.getColumns()).stream().map(Column::getColumnName).noneMatch(TenantTables::isTenant)) {
            findings.add(
                    new Finding(TenantTables.name(insert.getTable()), "add tenant_id to the columns of its INSERT"));
        }
    }

    private void requireConflictTarget(Insert insert) {
        InsertConflictTarget target = insert.getConflictTarget();
        if (target != null && orEmpty(target.getIndexColumnNames()).stream().noneMatch(TenantTables::isTenant)) {
            findings.add(new Finding(
                    TenantTables.name(insert.getTable()), "name tenant_id among the columns of its ON CONFLICT"));
        }
    }

    private void requireUnchangedTenant(Table table, @Nullable List<UpdateSet> sets) {
        boolean changed = orEmpty(sets).stream()
                .flatMap(set -> set.getColumns().stream())
                .anyMatch(column -> TenantTables.isTenant(column.getColumnName()));
        if (changed && tables.contain(table)) {
            findings.add(new Finding(
                    TenantTables.name(table), "do not change tenant_id: a row belongs to its tenant for good"));
        }
    }

    private void report(Scope scope) {
        scope.sources().stream()
                .filter(Source::lacksCondition)
                .map(Source::finding)
                .forEach(findings::add);
    }

    private static Output output(@Nullable List<SelectItem<?>> items, Scope scope) {
        List<Output.Column> columns = new ArrayList<>();
        for (SelectItem<?> item : orEmpty(items)) {
            if (item.getExpression() instanceof AllTableColumns all) {
                columns.addAll(star(scope, TenantTables.lower(all.getTable().getFullyQualifiedName())));
            } else if (item.getExpression() instanceof AllColumns) {
                scope.sources().forEach(source -> columns.addAll(star(source)));
            } else {
                columns.add(new Output.Column(outputName(item), scope.isOneTenant(item.getExpression())));
            }
        }
        return new Output(columns);
    }

    private static List<Output.Column> star(Scope scope, String name) {
        return scope.sources().stream()
                .filter(source -> source.isCalled(name))
                .flatMap(source -> star(source).stream())
                .toList();
    }

    private static List<Output.Column> star(Source source) {
        Output.Column unknown = new Output.Column("", false);
        return source.hasTenant()
                ? List.of(unknown, new Output.Column(TenantTables.TENANT, source.isBound()))
                : List.of(unknown);
    }

    private static String outputName(SelectItem<?> item) {
        if (item.getAlias() != null) {
            return TenantTables.lower(item.getAlias().getName());
        }
        return item.getExpression() instanceof Column column ? TenantTables.lower(column.getColumnName()) : "?column?";
    }

    private Source source(Table table, Scope names) {
        Alias alias = table.getAlias();
        String called = TenantTables.lower(alias == null ? table.getName() : alias.getName());
        Optional<Boolean> with = table.getSchemaName() == null ? names.findWith(table.getName()) : Optional.empty();
        if (with.isPresent()) {
            return new Source(called, null, with.get() ? Source.Kind.ONE_TENANT : Source.Kind.OTHER);
        }
        return target(table);
    }

    /** What is written to is a table, whatever the CTEs are called. */
    private Source target(Table table) {
        Alias alias = table.getAlias();
        String called = TenantTables.lower(alias == null ? table.getName() : alias.getName());
        boolean tenant = tables.contain(table);
        seen += tenant ? 1 : 0;
        return new Source(called, TenantTables.name(table), tenant ? Source.Kind.TENANT_TABLE : Source.Kind.OTHER);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** The FROM of one scope. What is lateral comes last: it sees the conditions on the others. */
    private final class Froms {
        private final Scope scope;
        private final Scope names;
        private final List<Runnable> laterals = new ArrayList<>();
        private final List<Runnable> conditions = new ArrayList<>();
        private final List<Expression> expressions = new ArrayList<>();

        Froms(Scope scope, Scope names) {
            this.scope = scope;
            this.names = names;
        }

        void target(Table table) {
            scope.add(Analysis.this.target(table));
        }

        void add(@Nullable FromItem first, @Nullable List<Join> joins) {
            if (first != null) {
                item(first);
            }
            orEmpty(joins).forEach(this::join);
        }

        private void join(Join join) {
            List<Source> lefts = List.copyOf(scope.sources());
            item(join.getFromItem());
            List<Source> rights =
                    scope.sources().subList(lefts.size(), scope.sources().size());
            List<Source> bindable = bindable(join, lefts, List.copyOf(rights));
            if (join.isNatural()
                    || orEmpty(join.getUsingColumns()).stream()
                            .anyMatch(c -> TenantTables.isTenant(c.getColumnName()))) {
                scope.merge(lefts, List.copyOf(rights), bindable);
            }
            join.getOnExpressions().forEach(condition -> require(condition, bindable));
        }

        void where(@Nullable Expression condition) {
            if (condition != null) {
                require(condition, List.copyOf(scope.sources()));
            }
        }

        private void require(Expression condition, List<Source> bindable) {
            conditions.add(() -> scope.require(condition, bindable));
            expressions.add(condition);
        }

        /** An outer join keeps the rows of its outer side whatever the condition says. */
        private static List<Source> bindable(Join join, List<Source> lefts, List<Source> rights) {
            if (join.isFull()) {
                return List.of();
            }
            if (join.isLeft() || join.isRight()) {
                return join.isLeft() ? rights : lefts;
            }
            List<Source> both = new ArrayList<>(lefts);
            both.addAll(rights);
            return both;
        }

        private void item(FromItem item) {
            if (item instanceof Table table) {
                scope.add(source(table, names));
            } else if (item instanceof ParenthesedFromItem inner) {
                add(inner.getFromItem(), inner.getJoins());
            } else if (item instanceof LateralSubSelect lateral) {
                laterals.add(() -> scope.add(derived(lateral, scope)));
            } else if (item instanceof ParenthesedSelect select) {
                scope.add(derived(select, names));
            } else {
                other(item);
            }
        }

        private void other(FromItem item) {
            scope.add(new Source(alias(item.getAlias()), null, Source.Kind.OTHER));
            if (item instanceof TableFunction function) {
                laterals.add(() -> new Subselects(scope).look(function.getFunction()));
            } else if (item instanceof Expression expression) {
                laterals.add(() -> new Subselects(scope).look(expression));
            } else {
                throw new IllegalArgumentException(item.getClass().getSimpleName() + " in a FROM is not supported");
            }
        }

        private Source derived(ParenthesedSelect select, Scope outer) {
            boolean one = select(select, outer).givesTenant(select.getAlias());
            return new Source(alias(select.getAlias()), null, one ? Source.Kind.ONE_TENANT : Source.Kind.OTHER);
        }

        private static String alias(@Nullable Alias alias) {
            return alias == null ? "" : TenantTables.lower(alias.getName());
        }

        /** Twice: a lateral source sees conditions on the others, and may itself be named in them. */
        void settle() {
            conditions.forEach(Runnable::run);
            scope.settle();
            laterals.forEach(Runnable::run);
            conditions.forEach(Runnable::run);
            scope.settle();
            expressions.forEach(new Subselects(scope)::look);
        }
    }

    /** Finds the sub-selects in expressions. */
    private final class Subselects extends ExpressionVisitorAdapter<@Nullable Void> {
        private final Scope scope;

        Subselects(Scope scope) {
            this.scope = scope;
        }

        void look(@Nullable Expression expression) {
            if (expression != null) {
                expression.accept(this, null);
            }
        }

        void look(UpdateSet set) {
            set.getValues().forEach(this::look);
        }

        void lookAtGroups(@Nullable GroupByElement groups) {
            if (groups != null) {
                look(groups.getGroupByExpressionList());
                orEmpty(groups.getGroupingSets()).forEach(this::look);
            }
        }

        void lookAtItems(@Nullable List<? extends SelectItem<?>> items) {
            orEmpty(items).forEach(item -> look(item.getExpression()));
        }

        @Override
        public <S> @Nullable Void visit(ParenthesedSelect inner, S context) {
            select(inner, scope);
            return null;
        }

        @Override
        public <S> @Nullable Void visit(Select inner, S context) {
            select(inner, scope);
            return null;
        }
    }
}
