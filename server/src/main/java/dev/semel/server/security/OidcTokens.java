package dev.semel.server.security;

import dev.semel.Caller;
import dev.semel.UnavailableException;
import dev.semel.server.options.StartException;
import dev.semel.server.tokens.Identity;
import dev.semel.server.tokens.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Bearer tokens of an OpenID provider: signature, issuer, audience and time are checked, and tenant and roles are taken from
 * claims. The provider is first asked when the first such token comes, so that it need not be up before the server.
 */
final class OidcTokens implements Authenticator {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(3);

    private final JwtDecoder decoder;
    private final OidcProperties properties;

    OidcTokens(String issuer, OidcProperties properties) {
        String audience = Optional.ofNullable(properties.audience())
                .orElseThrow(() -> new StartException("semel.oidc.issuer-uri needs semel.oidc.audience:"
                        + " a token that was issued for another service must not open this one."));
        this.decoder = new SupplierJwtDecoder(() -> decoder(issuer, audience));
        this.properties = properties;
    }

    /** Whether a token looks like one of an OpenID provider: three parts, joined by dots. */
    static boolean isJwt(String token) {
        return token.chars().filter(character -> character == '.').count() == 2;
    }

    @Override
    public Optional<Identity> authenticate(String token) {
        try {
            return identity(decoder.decode(token));
        } catch (BadJwtException e) {
            return Optional.empty();
        } catch (JwtException | JwtDecoderInitializationException e) {
            throw new UnavailableException(e);
        }
    }

    private Optional<Identity> identity(Jwt jwt) {
        String tenant = jwt.getClaimAsString(properties.tenantClaim());
        String user = jwt.getClaimAsString(properties.userClaim());
        List<String> roles = jwt.getClaimAsStringList(properties.rolesClaim());
        if (tenant == null || user == null || roles == null || !isCaller(tenant, user)) {
            return Optional.empty();
        }
        return Optional.of(new Identity(tenant, user, known(roles)));
    }

    private static Set<Role> known(List<String> roles) {
        return roles.stream().map(Role::of).flatMap(Optional::stream).collect(Collectors.toSet());
    }

    private static boolean isCaller(String tenant, String user) {
        try {
            new Caller(tenant, user, "oidc");
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static JwtDecoder decoder(String issuer, String audience) {
        SimpleClientHttpRequestFactory http = new SimpleClientHttpRequestFactory();
        http.setConnectTimeout(CONNECT);
        http.setReadTimeout(READ);
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer)
                .restOperations(new RestTemplate(http))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(issuer),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audiences -> audiences != null && audiences.contains(audience))));
        return decoder;
    }
}
