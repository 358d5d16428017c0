package dev.semel.bench.growth;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Where a client's keys go in an index. */
public enum KeyOrder {
    /** Anywhere, as those of most clients (UUID version 4): each write touches another page. */
    RANDOM("") {
        @Override
        String key(long round, long number) {
            return UUID.nameUUIDFromBytes((round + " " + number).getBytes(StandardCharsets.UTF_8))
                    .toString();
        }
    },
    /** Beside the last one, as those that begin with the time (UUID version 7). */
    BY_TIME(", new ones by time") {
        @Override
        String key(long round, long number) {
            return new UUID((System.currentTimeMillis() << 16) | VERSION_7, number).toString();
        }
    };

    private static final long VERSION_7 = 0x7000;

    private final String suffix;

    KeyOrder(String suffix) {
        this.suffix = suffix;
    }

    /** Of a contender's name. */
    String suffix() {
        return suffix;
    }

    /**
     * One that no other number has.
     *
     * @param round another one in each round
     */
    abstract String key(long round, long number);
}
