package dev.semel.sync.pull;

import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.sync.pull.PullTable.Place;
import dev.semel.sync.pull.PullTable.Snapshot;
import dev.semel.sync.pull.PullTable.State;
import dev.semel.sync.pull.StaleCursorException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Pulls: the first page of a checkpoint fixes the change that it goes up to, and the later ones stay below it. A checkpoint that was
 * brought to its end is main as it was at that change. Thread-safe.
 */
public final class Pulling {
    private final Semel semel;
    private final PullTable table;
    private final PulledContents contents;

    /** Reads the log and the contents. */
    Pulling(Semel semel, PullTable table, PulledContents contents) {
        this.semel = semel;
        this.table = table;
        this.contents = contents;
    }

    /**
     * A page.
     *
     * @throws RejectedException if there is no such scope
     * @throws StaleCursorException if the cursor leads nowhere
     * @throws dev.semel.UnavailableException if the database or the store cannot be reached
     */
    public PullAnswer pull(String tenant, PullRequest request) {
        Optional<CursorSeal.Claim> claim = claim(request);
        Cursor since = claim.map(CursorSeal.Claim::cursor).orElse(null);
        Place after = since == null ? new Place(0, Cursor.END) : new Place(since.seq(), since.ord());
        long through = since == null || since.isComplete() ? Long.MAX_VALUE : since.through();
        Page page = semel.read(tenant, connection -> {
            Snapshot snapshot = table.read(tenant, request.scope(), after, through, request.pageLimit() + 1)
                    .orElseThrow(() -> RejectedException.notFound("There is no such scope."));
            claim.ifPresent(made -> require(made, snapshot, request.scope()));
            List<State> states = cut(snapshot.states(), request);
            return new Page(snapshot, states, states.size() < snapshot.states().size(), contents.small(tenant, states));
        });
        long end = Math.min(through, page.snapshot.head());
        return new PullAnswer(
                contents.complete(tenant, page.states, page.small),
                CursorSeal.seal(next(page, end, since), page.snapshot.key()),
                page.hasMore,
                page.snapshot.head(),
                page.snapshot.floor());
    }

    /** How far main is in those of these scopes that are there. One statement. */
    Map<String, Long> heads(String tenant, Set<String> scopes) {
        return semel.read(tenant, connection -> table.heads(tenant, scopes));
    }

    private record Page(Snapshot snapshot, List<State> states, boolean hasMore, PulledContents.Small small) {}

    private static Optional<CursorSeal.Claim> claim(PullRequest request) {
        Object since = request.sinceCursor();
        if (since == null || "0".equals(String.valueOf(since))) {
            return Optional.empty();
        }
        return Optional.of(CursorSeal.read(String.valueOf(since))
                .orElseThrow(() -> new StaleCursorException(Kind.CURSOR_INVALID, request.scope())));
    }

    private static void require(CursorSeal.Claim claim, Snapshot snapshot, String scope) {
        if (!claim.isSealedWith(snapshot.key())) {
            throw new StaleCursorException(Kind.CURSOR_INVALID, scope);
        }
        Cursor cursor = claim.cursor();
        if (!cursor.epoch().equals(snapshot.epoch())
                || cursor.through() > snapshot.head()
                || (snapshot.stamp() != null && stamp(snapshot.stamp()) != cursor.stamp())) {
            throw new StaleCursorException(Kind.CURSOR_EPOCH_MISMATCH, scope);
        }
        if (cursor.isBelow(snapshot.floor())) {
            throw new StaleCursorException(Kind.CURSOR_EXPIRED, scope);
        }
    }

    /** At least one, and no more than were asked for. */
    private static List<State> cut(List<State> states, PullRequest request) {
        List<State> page = new ArrayList<>();
        long bytes = 0;
        for (State state : states) {
            bytes += state.deleted() ? 0 : state.size();
            if (page.size() == request.pageLimit() || (!page.isEmpty() && bytes > request.pageBytes())) {
                break;
            }
            page.add(state);
        }
        return page;
    }

    private static Cursor next(Page page, long end, @Nullable Cursor since) {
        List<State> states = page.states;
        if (page.hasMore) {
            State last = states.get(states.size() - 1);
            return new Cursor(page.snapshot.epoch(), last.seq(), last.ord(), end, from(since), stamp(last.writeId()));
        }
        return Cursor.end(page.snapshot.epoch(), end, endStamp(page, end, since));
    }

    private static long from(@Nullable Cursor since) {
        if (since == null) {
            return Cursor.NOTHING;
        }
        return since.isComplete() ? since.seq() : since.from();
    }

    /** The last change has the latest state of each of its files, so the last state of a checkpoint is one of it. */
    private static long endStamp(Page page, long end, @Nullable Cursor since) {
        List<State> states = page.states;
        if (!states.isEmpty() && states.get(states.size() - 1).seq() == end) {
            return stamp(states.get(states.size() - 1).writeId());
        }
        return since == null ? 0 : since.stamp();
    }

    static long stamp(UUID writeId) {
        return writeId.getMostSignificantBits() ^ writeId.getLeastSignificantBits();
    }
}
