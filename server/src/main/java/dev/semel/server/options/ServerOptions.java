package dev.semel.server.options;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to start. Immutable; can be logged, secrets print as asterisks.
 *
 * @param address the interface to listen on
 * @param port the port to listen on, 0 for a free one
 * @param data the folder of the embedded database and of what the server has to remember; absolute
 * @param database an external database, or empty for the embedded one
 * @param bootstrapTokens the value of {@code SEMEL_BOOTSTRAP_TOKENS}
 * @param tokenSecret the value of {@code SEMEL_TOKEN_SECRET}
 */
public record ServerOptions(
        InetAddress address,
        int port,
        Path data,
        Optional<External> database,
        Optional<Secret> bootstrapTokens,
        Optional<Secret> tokenSecret) {

    /** Makes the path absolute. */
    public ServerOptions {
        data = data.toAbsolutePath().normalize();
    }

    /**
     * Where an external PostgreSQL is.
     *
     * @param url its JDBC URL
     * @param user the login user: it owns what the migrations make
     * @param password may be empty
     */
    public record External(String url, String user, Secret password) {
        /** The URL may hold secrets; this is the part without them. */
        public String place() {
            return url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
        }

        @Override
        public String toString() {
            return user + " at " + place();
        }
    }
}
