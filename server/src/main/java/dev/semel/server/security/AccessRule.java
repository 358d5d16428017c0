package dev.semel.server.security;

import dev.semel.server.tokens.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may do what where. Immutable.
 *
 * @param kind reading or writing
 * @param patterns the paths
 * @param roles any of these will do; empty means everybody, without a credential
 */
record AccessRule(Kind kind, List<PathPattern> patterns, Set<Role> roles) {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    enum Kind {
        READ,
        WRITE
    }

    static AccessRule open(String... patterns) {
        return new AccessRule(Kind.READ, parse(patterns), Set.of());
    }

    static AccessRule read(Set<Role> roles, String... patterns) {
        return new AccessRule(Kind.READ, parse(patterns), withAdmin(roles));
    }

    static AccessRule write(Set<Role> roles, String... patterns) {
        return new AccessRule(Kind.WRITE, parse(patterns), withAdmin(roles));
    }

    static boolean isReading(String method) {
        return READING.contains(method);
    }

    boolean isOpen() {
        return roles.isEmpty();
    }

    /** Whether the rule speaks about this route. */
    boolean covers(boolean reading, String path) {
        PathContainer container = PathContainer.parsePath(path);
        return reading == (kind == Kind.READ) && patterns.stream().anyMatch(pattern -> pattern.matches(container));
    }

    RequestMatcher matcher() {
        List<RequestMatcher> paths = patterns.stream()
                .<RequestMatcher>map(
                        pattern -> PathPatternRequestMatcher.withDefaults().matcher(pattern.getPatternString()))
                .toList();
        return new AndRequestMatcher(this::fitsKind, new OrRequestMatcher(paths));
    }

    private boolean fitsKind(HttpServletRequest request) {
        return isReading(request.getMethod()) == (kind == Kind.READ);
    }

    private static List<PathPattern> parse(String... patterns) {
        return Stream.of(patterns).map(PathPatternParser.defaultInstance::parse).toList();
    }

    private static Set<Role> withAdmin(Set<Role> roles) {
        EnumSet<Role> all = EnumSet.of(Role.ADMIN);
        all.addAll(roles);
        return Set.copyOf(all);
    }
}
