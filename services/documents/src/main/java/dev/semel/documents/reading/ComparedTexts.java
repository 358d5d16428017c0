package dev.semel.documents.reading;

import dev.semel.RejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads versions as texts, to be compared. Thread-safe. */
final class ComparedTexts {
    static final int MAX_BYTES = 1 << 20;

    private final ContentReads contents;

    ComparedTexts(ContentReads contents) {
        this.contents = contents;
    }

    /**
     * The text, in memory.
     *
     * @throws RejectedException if it is too large, or no text in UTF-8
     * @throws UnreadableContentException if it cannot be read
     */
    String read(FoundContent found) {
        if (found.version().size() > MAX_BYTES) {
            throw RejectedException.rule(
                    "DIFF_TOO_LARGE", "Versions of more than " + MAX_BYTES + " bytes are not compared.");
        }
        return decode(bytes(found));
    }

    private byte[] bytes(FoundContent found) {
        try (InputStream in = contents.open(found)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UnreadableContentException(found.version(), e);
        }
    }

    private static String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // Refused below, as what is no text in another way.
        }
        throw RejectedException.rule("CONTENT_NOT_TEXT", "Only texts in UTF-8 are compared.");
    }
}
