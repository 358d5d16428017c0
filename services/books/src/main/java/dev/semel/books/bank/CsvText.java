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
import java.util.Set;

/**
 * The characters of a CSV file. A byte order mark or its content type's charset decides; without either, what is sound UTF-8 is
 * UTF-8, since text in another encoding is never that by chance, and anything else Windows-1252, which has all printable characters
 * of ISO-8859-1 at the same places.
 */
final class CsvText {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Map<String, Charset> TAKEN = Map.ofEntries(
            Map.entry("utf-8", StandardCharsets.UTF_8),
            Map.entry("us-ascii", StandardCharsets.UTF_8),
            Map.entry("iso-8859-1", WINDOWS),
            Map.entry("windows-1252", WINDOWS),
            Map.entry("iso-8859-15", Charset.forName("iso-8859-15")),
            // Without a mark, as RFC 2781 has it.
            Map.entry("utf-16", StandardCharsets.UTF_16BE),
            Map.entry("utf-16be", StandardCharsets.UTF_16BE),
            Map.entry("utf-16le", StandardCharsets.UTF_16LE));
    /** Those in which not every file is text. */
    private static final Set<Charset> STRICT =
            Set.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);

    private static final int CHUNK = 8192;

    private CsvText() {}

    static BufferedReader decode(byte[] bytes, Optional<String> charset) {
        Optional<ByteOrderMark> mark = ByteOrderMark.of(bytes);
        int start = mark.map(ByteOrderMark::length).orElse(0);
        Optional<Charset> named = charset.map(CsvText::taken);
        Charset chosen = mark.map(ByteOrderMark::charset).or(() -> named).orElseGet(() -> detect(bytes));
        if (STRICT.contains(chosen) && !isSound(bytes, start, chosen)) {
            throw StatementFiles.unreadable("The file is not in the encoding that it, or its content type, says.");
        }
        ByteArrayInputStream in = new ByteArrayInputStream(bytes, start, bytes.length - start);
        return new BufferedReader(new InputStreamReader(in, chosen));
    }

    private static Charset taken(String name) {
        Charset charset = TAKEN.get(name.toLowerCase(Locale.ROOT));
        if (charset == null) {
            throw StatementFiles.unreadable(
                    "The encodings UTF-8, UTF-16, ISO-8859-1, ISO-8859-15 and Windows-1252 are taken.");
        }
        return charset;
    }

    private static Charset detect(byte[] bytes) {
        return isSound(bytes, 0, StandardCharsets.UTF_8) ? StandardCharsets.UTF_8 : WINDOWS;
    }

    /** Decodes piece by piece, so that the file is not in memory a second time. */
    private static boolean isSound(byte[] bytes, int start, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
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
