package dev.semel.documents.content;

import dev.semel.InvalidPayloadException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Media types as clients name them, in their plainest spelling. What they say is stored and answered, and never guessed at. */
final class ContentTypes {
    private static final String TOKEN = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,62}";
    private static final Pattern SHAPE =
            Pattern.compile("(" + TOKEN + "/" + TOKEN + ")(?:[ \t]*;[ \t]*charset=\"?([A-Za-z0-9_.:-]{1,40})\"?)?");

    private ContentTypes() {}

    /** The type of bytes that were put before. */
    static String ofBytes(String asSent) {
        Matcher parts = parts(asSent);
        return spelled(parts.group(1), parts.group(2));
    }

    /** The type of a text that came as JSON, and so is UTF-8. */
    static String ofText(String asSent) {
        Matcher parts = parts(asSent);
        String charset = parts.group(2);
        if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
            throw invalid("must name no charset but utf-8: content that comes as JSON is UTF-8");
        }
        return spelled(parts.group(1), "utf-8");
    }

    private static String spelled(String type, String charset) {
        String plain = type.toLowerCase(Locale.ROOT);
        return charset == null || !plain.startsWith("text/")
                ? plain
                : plain + ";charset=" + charset.toLowerCase(Locale.ROOT);
    }

    private static Matcher parts(String asSent) {
        Matcher parts = SHAPE.matcher(asSent);
        if (!parts.matches()) {
            throw invalid("must be a media type such as text/markdown, with no parameter but charset");
        }
        return parts;
    }

    private static InvalidPayloadException invalid(String detail) {
        return InvalidPayloadException.invalid("/contentType", detail);
    }
}
