package dev.semel.server.tokens;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token's owner may do in the tenant. What each of them opens is written in one place: the access rules. */
public enum Role {
    /** Everything. */
    ADMIN,
    /** Reads and writes the books. */
    ACCOUNTANT,
    /** Writes documents and pushes. */
    WRITER,
    /** Decides on changesets. */
    REVIEWER,
    /** Publishes. */
    PUBLISHER,
    /** Watches writes, outbox, leases and runs. */
    OPERATOR,
    /** Reads the tenant's data, but what single people earn. */
    READER;

    /** As it is written in requests and settings. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that name, in lower case. */
    public static Optional<Role> of(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }

    /** All names, for messages. */
    static String known() {
        return texts(EnumSet.allOf(Role.class));
    }

    /** The names of these roles, separated by commas, always in the same order. */
    static String texts(Set<Role> roles) {
        return roles.stream().sorted().map(Role::text).collect(Collectors.joining(","));
    }
}
