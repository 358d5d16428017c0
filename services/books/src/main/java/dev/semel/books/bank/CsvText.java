package dev.semel.books.bank;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The characters of a CSV file. Its content type's charset decides; without one, what is sound UTF-8 is UTF-8, since text in
 * another encoding is never that by chance, and anything else Windows-1252, which has all printable characters of ISO-8859-1 at
 * the same places.
 */
final class CsvText {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Map<String, Charset> TAKEN = Map.of(
            "utf-8",
            StandardCharsets.UTF_8,
            "us-ascii",
            StandardCharsets.UTF_8,
            "iso-8859-1",
            WINDOWS,
            "windows-1252",
            WINDOWS);
    private static final int CHUNK = 8192;

    private CsvText() {}

    static BufferedReader decode(byte[] bytes, Optional<String> charset) {
        int start = hasMark(bytes) ? 3 : 0;
        Charset chosen = charset.isPresent() ? taken(charset.get()) : detect(bytes, start);
        if (chosen.equals(StandardCharsets.UTF_8) && !isUtf8(bytes, start)) {
            throw StatementFiles.unreadable("The file is not in the encoding UTF-8 that its content type names.");
        }
        ByteArrayInputStream in = new ByteArrayInputStream(bytes, start, bytes.length - start);
        return new BufferedReader(new InputStreamReader(in, chosen));
    }

    private static boolean hasMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }

    private static Charset taken(String name) {
        Charset charset = TAKEN.get(name.toLowerCase(Locale.ROOT));
        if (charset == null) {
            throw StatementFiles.unreadable("The encodings UTF-8, ISO-8859-1 and Windows-1252 are taken.");
        }
        return charset;
    }

    private static Charset detect(byte[] bytes, int start) {
        return isUtf8(bytes, start) ? StandardCharsets.UTF_8 : WINDOWS;
    }

    /** Decodes piece by piece, so that the file is not in memory a second time. */
    private static boolean isUtf8(byte[] bytes, int start) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(CHUNK);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return !result.isError();
    }
}
