package dev.semel.spring.internal;

import dev.semel.InvalidPayloadException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/** Takes a request's JSON body as bytes: the right type, in bounded memory. */
final class RequestBodies {
    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);
    private static final MediaType ANY_JSON = MediaType.valueOf("application/*+json");
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.US_ASCII);

    private final int maxBytes;

    RequestBodies(DataSize maxSize) {
        this.maxBytes = Math.toIntExact(maxSize.toBytes());
    }

    /** The body; a request without one means an empty object. */
    byte[] read(HttpServletRequest request) throws HttpMediaTypeNotSupportedException {
        requirePlain(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        byte[] body = readBounded(request);
        if (body.length > maxBytes) {
            throw tooLarge();
        }
        if (body.length == 0 && request.getContentType() == null) {
            return EMPTY_OBJECT.clone();
        }
        requireJson(request.getContentType());
        return body.length == 0 ? EMPTY_OBJECT.clone() : body;
    }

    private byte[] readBounded(HttpServletRequest request) {
        try {
            return request.getInputStream().readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw InvalidPayloadException.malformed("The body could not be read to its end.");
        }
    }

    private InvalidPayloadException tooLarge() {
        return InvalidPayloadException.tooLarge("At most " + maxBytes + " bytes are taken.");
    }

    private static void requirePlain(@Nullable String encoding) throws HttpMediaTypeNotSupportedException {
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new HttpMediaTypeNotSupportedException("Encoded bodies are not taken.", JSON);
        }
    }

    private static boolean acceptsJson(MediaType accepted) {
        return accepted.getQualityValue() > 0 && MediaType.APPLICATION_JSON.isCompatibleWith(accepted);
    }

    private static void requireJson(String contentType) throws HttpMediaTypeNotSupportedException {
        try {
            MediaType type = MediaType.parseMediaType(contentType == null ? "" : contentType);
            boolean utf8 = type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset());
            if (utf8 && (MediaType.APPLICATION_JSON.includes(type) || ANY_JSON.includes(type))) {
                return;
            }
            throw new HttpMediaTypeNotSupportedException(type, JSON);
        } catch (IllegalArgumentException e) {
            throw new HttpMediaTypeNotSupportedException("The content type is missing or malformed.", JSON);
        }
    }

    /** Refuses before anything is written, what could not be answered afterwards. */
    static void requireJsonAccepted(List<String> accept) throws HttpMediaTypeNotAcceptableException {
        try {
            List<MediaType> types = MediaType.parseMediaTypes(accept);
            if (types.isEmpty() || types.stream().anyMatch(RequestBodies::acceptsJson)) {
                return;
            }
            throw new HttpMediaTypeNotAcceptableException(JSON);
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException("The header Accept is malformed.");
        }
    }
}
