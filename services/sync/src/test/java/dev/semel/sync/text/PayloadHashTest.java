package dev.semel.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.documents.content.ContentHash;
import dev.semel.sync.text.HashedOp.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayloadHashTest {
    private static final HashedPush PUSH = new HashedPush("docs", "main", null, false);
    private static final String CONTENT = ContentHash.of("# A");

    private static HashedOp op(Kind kind, String id, @Nullable String path, long base, @Nullable String hash) {
        return new HashedOp(kind, FileIdTest.id(id), path, base, hash);
    }

    private static String hash(HashedOp... ops) {
        return PayloadHash.of(PUSH, List.of(ops));
    }

    /** The form written out by hand: another client computes the same. */
    @Test
    void theFormIsTheOneThatIsPublished() {
        byte[] form = ("\u0001" + "\0\0\0\u0004docs" + "\0\0\0\u0004main" + "\u00FF\u00FF\u00FF\u00FF" + "\0"
                        + "\0\0\0\u0002"
                        + "\u0002" + "\0\0\0\u0001A" + "\u00FF\u00FF\u00FF\u00FF" + "\0\0\0\0\0\0\0\u0007"
                        + "\u00FF\u00FF\u00FF\u00FF"
                        + "\u0001" + "\0\0\0\u0001a" + "\0\0\0\u0004a.md" + "\0\0\0\0\0\0\0\0" + "\0\0\0\u0047"
                        + CONTENT)
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(hash(op(Kind.UPSERT, "a", "a.md", 0, CONTENT), op(Kind.DELETE, "A", null, 7, null)))
                .isEqualTo(ContentHash.of(form));
    }

    @Test
    void everyMemberCounts() {
        HashedOp op = op(Kind.UPSERT, "a", "a.md", 1, CONTENT);
        List<HashedPush> pushes = List.of(
                PUSH,
                new HashedPush("doc", "smain", null, false),
                new HashedPush("docs", "main", "", false),
                new HashedPush("docs", "main", "m", false),
                new HashedPush("docs", "main", null, true));
        List<List<HashedOp>> others = List.of(
                List.of(),
                List.of(op, op),
                List.of(op(Kind.DELETE, "a", "a.md", 1, CONTENT)),
                List.of(op(Kind.UPSERT, "b", "a.md", 1, CONTENT)),
                List.of(op(Kind.UPSERT, "aa", ".md", 1, CONTENT)),
                List.of(op(Kind.UPSERT, "a", null, 1, CONTENT)),
                List.of(op(Kind.UPSERT, "a", "", 1, CONTENT)),
                List.of(op(Kind.UPSERT, "a", "a.md", 2, CONTENT)),
                List.of(op(Kind.UPSERT, "a", "a.md", 1, ContentHash.of("# B"))),
                List.of(op(Kind.UPSERT, "a", "a.md", 1, null)));

        assertThat(pushes.stream().map(push -> PayloadHash.of(push, List.of(op))))
                .doesNotHaveDuplicates();
        assertThat(others.stream().map(ops -> PayloadHash.of(PUSH, ops)))
                .doesNotHaveDuplicates()
                .doesNotContain(hash(op));
    }

    @Property
    void theOrderOfTheOpsDoesNotCount(@ForAll @IntRange(min = 0, max = 30) int size, @ForAll long seed) {
        Random random = new Random(seed);
        List<HashedOp> ops = new ArrayList<>(IntStream.range(0, size)
                .mapToObj(i -> op(
                        random.nextBoolean() ? Kind.UPSERT : Kind.DELETE,
                        "f" + random.nextInt(size),
                        random.nextBoolean() ? null : "p" + i,
                        random.nextInt(3),
                        random.nextBoolean() ? null : ContentHash.of("" + i)))
                .toList());
        String hash = PayloadHash.of(PUSH, ops);
        Collections.shuffle(ops, random);

        assertThat(PayloadHash.of(PUSH, ops)).isEqualTo(hash);
    }
}
