package dev.semel.server.tokens;

import dev.semel.Caller;
import dev.semel.server.options.Secret;
import dev.semel.server.options.StartException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A token that the operator brings along: {@code tenant:user:role+role:token}. Immutable.
 *
 * @param owner who it is for
 * @param token the token itself
 */
record BootstrapToken(Identity owner, Secret token) {
    private static final String VARIABLE = "SEMEL_BOOTSTRAP_TOKENS";
    private static final Pattern USER = Pattern.compile("[!-~]{1,255}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,512}");
    private static final int PARTS = 4;

    /**
     * The entries, separated by commas.
     *
     * @throws StartException naming the entry by its number, never by its content
     */
    static List<BootstrapToken> parseAll(Secret setting) {
        String[] entries = setting.value().split(",", -1);
        return IntStream.range(0, entries.length)
                .mapToObj(i -> parse(entries[i].strip(), i + 1))
                .toList();
    }

    private static BootstrapToken parse(String entry, int number) {
        String[] parts = entry.split(":", PARTS);
        if (parts.length < PARTS) {
            throw malformed(number, "it must be tenant:user:role+role:token");
        }
        requireTenant(parts[0], number);
        require(USER.matcher(parts[1]).matches(), number, "the user must be 1 to 255 visible ASCII characters");
        require(TOKEN.matcher(parts[3]).matches(), number, "the token must be 1 to 512 visible ASCII characters");
        return new BootstrapToken(new Identity(parts[0], parts[1], roles(parts[2], number)), new Secret(parts[3]));
    }

    private static void requireTenant(String tenant, int number) {
        try {
            new Caller(tenant, "anybody", "bootstrap");
        } catch (IllegalArgumentException e) {
            throw malformed(number, String.valueOf(e.getMessage()));
        }
    }

    private static Set<Role> roles(String joined, int number) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String text : joined.split("\\+", -1)) {
            roles.add(Role.of(text).orElseThrow(() -> malformed(number, "the roles are " + Role.known())));
        }
        return roles;
    }

    private static void require(boolean condition, int number, String rule) {
        if (!condition) {
            throw malformed(number, rule);
        }
    }

    private static StartException malformed(int number, String rule) {
        return new StartException(VARIABLE + " is malformed at its entry " + number + ": " + rule);
    }
}
