package dev.semel.bench.sync;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * New files whose texts nobody else has. Immutable.
 *
 * @param from the number of the first one
 * @param count how many
 * @param bytes of each
 * @param salt makes the texts differ from those of other rounds
 */
record SyncFiles(int from, int count, int bytes, String salt) {
    private static final String LINE = "A line of Markdown with *some* emphasis and a [link](other.md).\\n";

    static SyncFiles of(int count, int bytes) {
        return new SyncFiles(0, count, bytes, UUID.randomUUID().toString());
    }

    /** As many more. */
    SyncFiles next() {
        return new SyncFiles(from + count, count, bytes, salt);
    }

    String ops() {
        String body = LINE.repeat(Math.max(1, bytes / (LINE.length() - 1)));
        return numbers()
                .mapToObj(i -> "{\"type\":\"upsert\",\"fileId\":\"f" + i + "\",\"serverPath\":\"folder-" + i % 20
                        + "/file-" + i + ".md\",\"baseVersion\":0,\"content\":\"# " + salt + " " + i + "\\n" + body
                        + "\"}")
                .collect(Collectors.joining(","));
    }

    String decisions() {
        return numbers()
                .mapToObj(i -> "{\"fileId\":\"f" + i + "\",\"action\":\"accept\"}")
                .collect(Collectors.joining(","));
    }

    private IntStream numbers() {
        return IntStream.range(from, from + count);
    }
}
