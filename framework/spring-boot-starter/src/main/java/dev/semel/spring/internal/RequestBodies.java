package dev.semel.spring.internal;

import dev.semel.InvalidPayloadException;
import dev.semel.spring.RawBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/** Takes a request's body as bytes, JSON or raw: the right type, in bounded memory. */
final class RequestBodies {
    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);
    private static final MediaType ANY_JSON = MediaType.valueOf("application/*+json");
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.US_ASCII);

    private final int maxBytes;
    private final int maxRawBytes;

    RequestBodies(DataSize maxSize, DataSize maxRawSize) {
        this.maxBytes = Math.toIntExact(maxSize.toBytes());
        this.maxRawBytes = Math.toIntExact(maxRawSize.toBytes());
    }

    /** The body; a request without one means an empty object. */
    byte[] read(HttpServletRequest request, OptionalInt ownLimit) throws HttpMediaTypeNotSupportedException {
        byte[] body = readAtMost(ownLimit.orElse(maxBytes), request);
        if (body.length == 0 && request.getContentType() == null) {
            return EMPTY_OBJECT.clone();
        }
        requireJson(request.getContentType());
        return body.length == 0 ? EMPTY_OBJECT.clone() : body;
    }

    /** The body as it is; its type was the route's to choose. */
    RawBody readRaw(HttpServletRequest request) throws HttpMediaTypeNotSupportedException {
        String type = request.getContentType();
        if (type == null) {
            throw new HttpMediaTypeNotSupportedException("The content type is missing.", List.of());
        }
        return new RawBody(type, readAtMost(maxRawBytes, request));
    }

    private static byte[] readAtMost(int limit, HttpServletRequest request) throws HttpMediaTypeNotSupportedException {
        requirePlain(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        byte[] body = readBounded(limit, request);
        if (body.length > limit) {
            throw tooLarge(limit);
        }
        return body;
    }

    private static byte[] readBounded(int limit, HttpServletRequest request) {
        try {
            return request.getInputStream().readNBytes(limit + 1);
        } catch (IOException e) {
            throw InvalidPayloadException.malformed("The body could not be read to its end.");
        }
    }

    private static InvalidPayloadException tooLarge(int limit) {
        return InvalidPayloadException.tooLarge("At most " + limit + " bytes are taken.");
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
