package dev.semel.sync.pull;

import dev.semel.Semel;
import dev.semel.spring.web.PageRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What only this package sees. */
public final class ManifestReading {
    private ManifestReading() {}

    /** Makes something of a whole manifest. */
    public interface Making<T> {
        T make(List<String> lines, String hash, String pullCursor);
    }

    public static <T> T read(Semel semel, PullParts parts, String tenant, String scope, int limit, Making<T> making) {
        List<String> lines = new ArrayList<>();
        String cursor = null;
        Manifest page;
        do {
            PageRequest request = new PageRequest(limit, cursor);
            page = semel.read(tenant, connection -> parts.manifests().page(tenant, scope, request));
            page.items().forEach(entry -> lines.add(entry.line()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return making.make(lines, page.hash(), page.pullCursor());
    }

    /** The next page's cursor. */
    public static String page(
            Semel semel, PullParts parts, String tenant, String scope, int limit, @Nullable String cursor) {
        PageRequest request = new PageRequest(limit, cursor);
        return String.valueOf(semel.read(tenant, connection -> parts.manifests().page(tenant, scope, request))
                .nextCursor());
    }

    public static String code(RuntimeException failure) {
        return failure instanceof StaleCursorException stale ? stale.code() : failure.toString();
    }
}
