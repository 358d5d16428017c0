package dev.semel.documents.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedCopyTest {
    private static final int BUFFER = 64 * 1024;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static VerifiedCopy.Source of(byte[] bytes) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        return (buffer, length) -> in.readNBytes(buffer, 0, length);
    }

    /** As a store does that finds out at the end. */
    private static VerifiedCopy.Source damaged(byte[] bytes) {
        VerifiedCopy.Source source = of(bytes);
        return (buffer, length) -> {
            int read = source.read(buffer, length);
            if (read == 0) {
                throw new IllegalStateException("damaged");
            }
            return read;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "1,0,0",
        "10,0,9",
        "10,3,5",
        "65536,0,65535",
        "65537,0,65536",
        "65537,65536,65536",
        "300000,0,299999",
        "300000,65535,65536",
        "300000,65536,131071",
        "300000,100000,250000",
        "300000,299999,299999",
        "131072,0,131071",
    })
    void partIsCopied(int size, int first, int last) throws Exception {
        byte[] content = bytes(size);

        new VerifiedCopy(of(content), () -> out, new ByteRange.Part(first, last)).run();

        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(content, first, last + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BUFFER, BUFFER + 1, 3 * BUFFER})
    void wholeOfDamagedContentIsNeverCopied(int size) {
        VerifiedCopy copy = new VerifiedCopy(damaged(bytes(size)), () -> out, new ByteRange.Part(0, size - 1));

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(copy::run);
        assertThat(out.size()).isLessThanOrEqualTo(size <= BUFFER ? 0 : size - 1);
    }

    @ParameterizedTest
    @CsvSource({"0,9", "65536,65540", "100,70000"})
    void partOfDamagedContentIsNotCopiedToItsEnd(int first, int last) {
        VerifiedCopy copy = new VerifiedCopy(damaged(bytes(10 * BUFFER)), () -> out, new ByteRange.Part(first, last));

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(copy::run);
        assertThat(out.size()).isLessThan(last - first + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void startIsMadeEvenOfNothing(int size) throws Exception {
        int[] starts = {0};
        new VerifiedCopy(
                        of(bytes(size)),
                        () -> {
                            starts[0]++;
                            return out;
                        },
                        new ByteRange.Part(0, size - 1))
                .run();

        assertThat(starts[0]).isEqualTo(1);
        assertThat(out.size()).isEqualTo(size);
    }
}
