package dev.semel.sync;

import static dev.semel.sync.TestSync.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.sync.push.PushOp;
import dev.semel.sync.push.PushRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What calls wait for; that they hold one connection then, {@link HotScopeTest} shows. */
class SyncTurnsTest {
    private static final UUID CHANGESET = UUID.fromString("0000000a-0000-0000-0000-00000000000b");

    private static String push(@Nullable UUID revised, @Nullable UUID superseded, PushOp... ops) {
        PushRequest request = new PushRequest("docs", "id", null, null, List.of(ops), null, null, revised, superseded);
        return SyncTurns.push(request, Map.of());
    }

    /** It locks the changeset's row, whatever its files are. */
    @Test
    void pushThatRevisesOrReplacesWaitsForThatChangeset() {
        String decision =
                SyncTurns.changeset("", Map.of("id", CHANGESET.toString().toUpperCase(Locale.ROOT)));

        assertThat(push(CHANGESET, null, put("a", "a.md", 0, "A"))).isEqualTo(decision);
        assertThat(push(CHANGESET, null, put("b", "b.md", 1, "B"))).isEqualTo(decision);
        assertThat(push(null, CHANGESET, put("c", "c.md", 1, "C"))).isEqualTo(decision);
    }

    @Test
    void pushThatMakesAFileWaitsForThePathsAndAnEditForItsFirstFile() {
        String paths = push(null, null, put("new", "new.md", 0, "N"));

        assertThat(push(null, null, put("a", "a.md", 1, "A"), put("other", "o.md", 0, "O")))
                .isEqualTo(paths);
        assertThat(push(null, null, put("b", "b.md", 1, "B"), put("a", "a.md", 1, "A")))
                .isEqualTo(push(null, null, put("a", "a.md", 2, "A2")))
                .isNotEqualTo(paths);
    }
}
