package dev.semel.sync.pull;

import dev.semel.RejectedException;
import dev.semel.spring.web.PageRequest;
import dev.semel.sync.pull.ManifestTable.Head;
import java.util.List;
import java.util.UUID;

/** Manifests: main at one change, page by page. Works in the snapshot of its caller. Thread-safe. */
final class Manifests {
    private final ManifestTable table;

    Manifests(ManifestTable table) {
        this.table = table;
    }

    /**
     * A page.
     *
     * @throws RejectedException if there is no such scope
     * @throws StaleCursorException if the manifest that is read on is of a time that is forgotten meanwhile
     */
    Manifest page(String tenant, String scope, PageRequest request) {
        Head head = table.head(tenant, scope).orElseThrow(() -> RejectedException.notFound("There is no such scope."));
        ManifestPosition position =
                request.cursor() == null ? first(tenant, scope, head) : ManifestPosition.of(request.cursor());
        if (position.head() < head.floor()) {
            throw new StaleCursorException(StaleCursorException.Kind.CURSOR_EXPIRED, scope);
        }
        List<ManifestEntry> found = table.page(tenant, scope, position.head(), position.fileId(), request.fetch());
        boolean more = found.size() > request.limit();
        List<ManifestEntry> items = more ? found.subList(0, request.limit()) : found;
        return new Manifest(
                scope,
                position.head(),
                position.hash(),
                items,
                position.pullCursor(),
                more ? next(position, items) : null);
    }

    private static String next(ManifestPosition position, List<ManifestEntry> items) {
        String last = items.get(items.size() - 1).fileId();
        return new ManifestPosition(position.head(), position.hash(), position.pullCursor(), last).cursor();
    }

    private ManifestPosition first(String tenant, String scope, Head head) {
        ManifestHash hash = new ManifestHash();
        table.forEach(tenant, scope, head.head(), hash::add);
        UUID stamp = head.stamp();
        Cursor cursor = Cursor.end(head.epoch(), head.head(), stamp == null ? 0 : Pulling.stamp(stamp));
        return new ManifestPosition(head.head(), hash.value(), CursorSeal.seal(cursor, head.cursorKey()), "");
    }
}
