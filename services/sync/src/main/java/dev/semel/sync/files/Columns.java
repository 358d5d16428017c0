package dev.semel.sync.files;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Rows as the arrays that one statement takes. */
public final class Columns {
    private Columns() {}

    /** The column's text in each row. */
    public static <T> Object texts(List<T> rows, Function<T, Object> column) {
        return rows.stream().map(column).map(String::valueOf).toArray(String[]::new);
    }

    /** The column's number in each row. */
    public static <T> Object numbers(List<T> rows, ToLongFunction<T> column) {
        return rows.stream().mapToLong(column).toArray();
    }

    /** Whether it is so, in each row. */
    public static <T> Object flags(List<T> rows, Predicate<T> column) {
        return rows.stream().map(column::test).toArray(Boolean[]::new);
    }

    /** What each row has in the column, which may be nothing. */
    @SuppressWarnings("NullAway") // an array of the driver's holds null for what is absent
    public static <T, V> Object nullable(List<T> rows, Function<T, @Nullable V> column, IntFunction<V[]> array) {
        V[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return values;
    }
}
