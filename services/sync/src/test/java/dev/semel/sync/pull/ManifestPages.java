package dev.semel.sync.pull;

import dev.semel.Semel;
import dev.semel.spring.web.PageRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Manifests for tests without HTTP. */
public final class ManifestPages {
    private ManifestPages() {}

    /** A whole manifest. */
    public record Read(long head, String hash, List<ManifestEntry> items, String pullCursor) {}

    public static Read read(Semel semel, PullParts parts, String tenant, String scope) {
        List<ManifestEntry> items = new ArrayList<>();
        @Nullable String cursor = null;
        Manifest page;
        do {
            PageRequest request = new PageRequest(100, cursor);
            page = semel.read(tenant, connection -> parts.manifests().page(tenant, scope, request));
            items.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return new Read(page.head(), page.hash(), items, page.pullCursor());
    }

    /** The hash that a client computes over its own files. */
    public static String hash(Collection<ManifestEntry> entries) {
        ManifestHash hash = new ManifestHash();
        entries.stream().sorted(Comparator.comparing(ManifestEntry::fileId)).forEach(hash::add);
        return hash.value();
    }

    /** The code of a pull whose cursor leads nowhere. */
    public static String staleCode(RuntimeException failure) {
        return failure instanceof StaleCursorException stale ? stale.code() : failure.toString();
    }
}
