package dev.semel.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontendMessagesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void statementsAreCountedWhateverThePiecesInWhichTheyArrive(int piece) throws IOException {
        byte[] sent = conversation();
        AtomicInteger statements = new AtomicInteger();
        FrontendMessages messages = new FrontendMessages(statements::incrementAndGet);

        for (int at = 0; at < sent.length; at += piece) {
            int length = Math.min(piece, sent.length - at);
            byte[] part = new byte[length];
            System.arraycopy(sent, at, part, 0, length);
            messages.read(part, length);
        }

        assertThat(statements).hasValue(3);
    }

    /** A start-up message, and bodies full of letters that would be statements at the beginning of a message. */
    private static byte[] conversation() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        message(out, 0, "user\0EQEQ\0\0");
        message(out, 'Q', "EEEE");
        message(out, 'P', "QQQQ");
        message(out, 'B', "EQ");
        message(out, 'E', "");
        message(out, 'E', "\0\0\0\0");
        message(out, 'S', "");
        return bytes.toByteArray();
    }

    private static void message(DataOutputStream out, int type, String body) throws IOException {
        if (type != 0) {
            out.write(type);
        }
        out.writeInt(4 + body.length());
        out.writeBytes(body);
    }
}
