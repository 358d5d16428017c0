package dev.semel.spring.web;

import dev.semel.InvalidPayloadException;
import dev.semel.PayloadCodec;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/** Reads JSON bodies of routes without a gate as strictly as a gate does, in bounded memory. Thread-safe. */
public final class JsonBodies {
    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);

    private final PayloadCodec codec;
    private final int maxBytes;

    /** @param maxBytes the largest body that is taken */
    public JsonBodies(PayloadCodec codec, int maxBytes) {
        this.codec = codec;
        this.maxBytes = maxBytes;
    }

    /**
     * The body.
     *
     * @throws InvalidPayloadException if it is too large, or not the JSON of such a value
     * @throws HttpMediaTypeNotSupportedException if it is said to be something else
     */
    public <T> T read(HttpServletRequest request, Class<T> type) throws HttpMediaTypeNotSupportedException {
        requireJson(request.getContentType());
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new HttpMediaTypeNotSupportedException("Encoded bodies are not taken.", JSON);
        }
        byte[] body = bytes(request);
        codec.canonical(body);
        return codec.read(body, type);
    }

    private static void requireJson(@Nullable String contentType) throws HttpMediaTypeNotSupportedException {
        try {
            if (contentType != null && MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(contentType))) {
                return;
            }
        } catch (InvalidMediaTypeException e) {
            // Not JSON, whatever it is.
        }
        throw new HttpMediaTypeNotSupportedException("The content type is missing, or not JSON.", JSON);
    }

    private byte[] bytes(HttpServletRequest request) {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        try {
            byte[] body = request.getInputStream().readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                throw tooLarge();
            }
            return body;
        } catch (IOException e) {
            throw InvalidPayloadException.malformed("The body could not be read to its end.");
        }
    }

    private InvalidPayloadException tooLarge() {
        return InvalidPayloadException.tooLarge("At most " + maxBytes + " bytes are taken.");
    }
}
