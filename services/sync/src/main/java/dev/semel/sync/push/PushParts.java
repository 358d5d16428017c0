package dev.semel.sync.push;

import dev.semel.sync.changesets.Changesets;
import dev.semel.sync.changesets.ReviewFeed;
import dev.semel.sync.files.FileTable;
import dev.semel.sync.files.MainBranch;
import dev.semel.sync.files.PathTable;
import dev.semel.sync.scopes.FeedTable;

/** What a push is done with. Thread-safe. */
public final class PushParts {
    private final MainState state;
    private final PushCheck check;
    private final DirectPush direct;
    private final ProposingPush proposing;

    /** On these tables. */
    public PushParts(
            FileTable files,
            PathTable paths,
            FeedTable feeds,
            Changesets changesets,
            MainBranch main,
            ReviewFeed review) {
        this.state = new MainState(files, paths);
        this.check = new PushCheck(paths);
        this.direct = new DirectPush(state, check, changesets, main);
        this.proposing = new ProposingPush(state, check, changesets, feeds, review);
    }

    MainState state() {
        return state;
    }

    PushCheck check() {
        return check;
    }

    DirectPush direct() {
        return direct;
    }

    ProposingPush proposing() {
        return proposing;
    }
}
