package dev.semel.sync.scopes;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.web.Collisions;

/** Creates a scope with its feeds. */
public final class CreateScope {
    private final ScopeTable scopes;
    private final FeedTable feeds;

    /** Writes into those tables. */
    public CreateScope(ScopeTable scopes, FeedTable feeds) {
        this.scopes = scopes;
        this.feeds = feeds;
    }

    /**
     * The body of the write.
     *
     * @throws RejectedException if there is a scope of that name
     */
    public Scope handle(Write<NewScope> write) {
        Scope made = scopes.insert(write).orElseThrow(() -> refusal(write));
        feeds.insert(write.tenant(), made.scope());
        return made;
    }

    /** A late retry is no conflict with what it has made itself. */
    private RuntimeException refusal(Write<NewScope> write) {
        return scopes.findById(write.tenant(), write.resultId()).isPresent()
                ? Collisions.doneBefore()
                : RejectedException.conflict("SCOPE_EXISTS", "There is a scope of that name.");
    }
}
