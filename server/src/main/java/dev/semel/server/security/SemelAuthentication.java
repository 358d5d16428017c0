package dev.semel.server.security;

import dev.semel.server.tokens.Identity;
import dev.semel.server.tokens.Role;
import java.util.List;
import java.util.Set;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** An identity as Spring Security carries it. Holds no credential. */
final class SemelAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Identity identity;

    SemelAuthentication(Identity identity) {
        super(authorities(identity.roles()));
        this.identity = identity;
        setAuthenticated(true);
    }

    @Override
    public Identity getPrincipal() {
        return identity;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    /** The authorities' names of these roles. */
    static String[] names(Set<Role> roles) {
        return roles.stream().map(Role::text).toArray(String[]::new);
    }

    private static List<GrantedAuthority> authorities(Set<Role> roles) {
        return roles.stream()
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.text()))
                .toList();
    }
}
