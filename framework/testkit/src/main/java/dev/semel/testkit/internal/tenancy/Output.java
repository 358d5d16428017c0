package dev.semel.testkit.internal.tenancy;

import java.util.List;
import net.sf.jsqlparser.expression.Alias;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a statement gives, as far as tenants are concerned.
 *
 * @param columns in their order
 */
record Output(List<Column> columns) {
    /**
     * @param name empty for a star
     * @param oneTenant whether it is the tenant of the statement's rows
     */
    record Column(String name, boolean oneTenant) {}

    static final Output NOTHING = new Output(List.of());

    Output {
        columns = List.copyOf(columns);
    }

    boolean givesTenant(@Nullable Alias alias) {
        if (alias == null || alias.getAliasColumns() == null) {
            return givesTenant();
        }
        return givesTenantAs(
                alias.getAliasColumns().stream().map(column -> column.name).toList());
    }

    boolean givesTenant() {
        List<Column> tenants = columns.stream()
                .filter(column -> column.name().equals(TenantTables.TENANT))
                .toList();
        return !tenants.isEmpty() && tenants.stream().allMatch(Column::oneTenant);
    }

    /** Under new names; a star before it makes its place unknown. */
    boolean givesTenantAs(List<String> names) {
        int place = names.stream().map(TenantTables::lower).toList().indexOf(TenantTables.TENANT);
        return place >= 0
                && place < columns.size()
                && columns.subList(0, place).stream()
                        .noneMatch(column -> column.name().isEmpty())
                && columns.get(place).oneTenant();
    }
}
