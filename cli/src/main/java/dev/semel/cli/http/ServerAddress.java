package dev.semel.cli.http;

import dev.semel.cli.CommandFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a server is. Immutable.
 *
 * @param base without a slash at its end
 */
public record ServerAddress(URI base) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws CommandFailure if it is not an HTTP address, or has parts that an address of a server has not */
    public static ServerAddress parse(String text) {
        try {
            URI uri = URI.create(text.replaceFirst("/+$", ""));
            if (isHttp(uri) && uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null) {
                return new ServerAddress(uri);
            }
        } catch (IllegalArgumentException e) {
            // Not even a URI.
        }
        // Not repeated: somebody may have put a password into it.
        throw CommandFailure.usage(
                "The server's address must be like http://localhost:8080.", "semel ops --help   (see --url)");
    }

    private static boolean isHttp(URI uri) {
        return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    }

    /** Whether it can only be a program on this machine. */
    public boolean isThisMachine() {
        return LOOPBACK.contains(base.getHost());
    }

    /** Whether what is sent can be read on the way. */
    public boolean isOpen() {
        return !isThisMachine() && "http".equals(base.getScheme());
    }

    /** A route with a query; parameters are encoded. */
    URI route(String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(base + path + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
