package dev.semel.postgres;

import java.util.Objects;

/**
 * How to connect. Immutable; no component is null.
 *
 * @param jdbcUrl the URL without credentials
 * @param user the name of the role
 * @param password its password; {@link #toString()} does not show it
 */
public record PostgresConnection(String jdbcUrl, String user, String password) {

    /** @throws NullPointerException if a component is null */
    public PostgresConnection {
        Objects.requireNonNull(jdbcUrl, "jdbcUrl");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** Shows URL and user; the password only as asterisks, so that the value can be logged. */
    @Override
    public String toString() {
        return "PostgresConnection[jdbcUrl=" + jdbcUrl + ", user=" + user + ", password=***]";
    }
}
