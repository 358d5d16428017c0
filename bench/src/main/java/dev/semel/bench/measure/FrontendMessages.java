package dev.semel.bench.measure;

/**
 * Finds the beginnings of the messages in what a client sends by PostgreSQL's protocol, version 3, whatever the pieces in which
 * it arrives. Belongs to one connection's thread.
 */
final class FrontendMessages {
    private static final int LENGTH_BYTES = 4;

    private final Runnable onStatement;
    private boolean started;
    private int type;
    private int lengthBytes;
    private int length;
    private int left;

    FrontendMessages(Runnable onStatement) {
        this.onStatement = onStatement;
    }

    void read(byte[] bytes, int count) {
        int at = 0;
        while (at < count) {
            if (left > 0) {
                int skipped = Math.min(left, count - at);
                left -= skipped;
                at += skipped;
            } else {
                readHead(bytes[at++]);
            }
        }
    }

    // The first message has no type.
    private void readHead(byte octet) {
        if (started && type == 0) {
            type = octet;
            return;
        }
        length = (length << 8) | (octet & 0xff);
        lengthBytes++;
        if (lengthBytes == LENGTH_BYTES) {
            if (type == 'E' || type == 'Q') {
                onStatement.run();
            }
            left = length - LENGTH_BYTES;
            started = true;
            type = 0;
            length = 0;
            lengthBytes = 0;
        }
    }
}
