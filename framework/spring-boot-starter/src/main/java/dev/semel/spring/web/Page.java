package dev.semel.spring.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a collection. Immutable.
 *
 * @param items in the order of their creation
 * @param nextCursor where to go on; null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page that was asked for.
     *
     * @param found one item more than the limit if there are more
     * @param cursor names the position behind an item
     */
    public static <T> Page<T> of(List<T> found, PageRequest request, Function<T, String> cursor) {
        if (found.size() <= request.limit()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, request.limit());
        return new Page<>(items, cursor.apply(items.get(items.size() - 1)));
    }

    /** The same page of something else, item by item. */
    public <S> Page<S> map(Function<T, S> mapping) {
        return new Page<>(items.stream().map(mapping).toList(), nextCursor);
    }
}
