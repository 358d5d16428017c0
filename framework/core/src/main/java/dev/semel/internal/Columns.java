package dev.semel.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Binds rows as one array for each column: what {@code unnest} makes rows of again. Belongs to one thread. */
final class Columns<T> {
    private final PreparedStatement statement;
    private final List<T> rows;
    private int index;

    Columns(PreparedStatement statement, int index, List<T> rows) {
        this.statement = statement;
        this.index = index;
        this.rows = rows;
    }

    Columns<T> bind(String type, Object[] values) throws SQLException {
        statement.setArray(index++, statement.getConnection().createArrayOf(type, values));
        return this;
    }

    <C> Columns<T> bind(String type, IntFunction<C[]> column, Function<T, C> value) throws SQLException {
        return bind(type, rows.stream().map(value).toArray(column));
    }

    Columns<T> text(Function<T, String> value) throws SQLException {
        return bind("text", String[]::new, value);
    }

    Columns<T> number(Function<T, Long> value) throws SQLException {
        return bind("int8", Long[]::new, value);
    }

    /** Where the next parameter is bound. */
    int next() {
        return index;
    }
}
