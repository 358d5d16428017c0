package dev.semel.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.UnavailableException;
import dev.semel.server.options.StartException;
import dev.semel.server.tokens.Identity;
import dev.semel.server.tokens.Role;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OidcTokensTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final OpenIdProvider provider = new OpenIdProvider();
    private final OidcTokens tokens = tokens(provider.issuer());

    OidcTokensTest() throws Exception {}

    @AfterEach
    void end() {
        provider.close();
    }

    @Test
    void tenantUserAndRolesComeFromTheClaims() throws Exception {
        assertThat(tokens.authenticate(provider.sign(claims())))
                .contains(new Identity("acme", "alice", Set.of(Role.ACCOUNTANT)));
    }

    @ParameterizedTest
    @CsvSource({
        "exp, 1000000000",
        "nbf, 9000000000",
        "iss, http://somebody.else",
        "aud, another-service",
        "aud,",
        "tenant,",
        "tenant, ../acme",
        "roles,",
        "sub,"
    })
    void claimThatIsNotAsItMustBeMakesTheTokenInvalid(String claim, String value) throws Exception {
        assertThat(tokens.authenticate(provider.sign(claims(claim, value)))).isEmpty();
    }

    @Test
    void foreignOrMissingSignatureIsInvalid() throws Exception {
        assertThat(tokens.authenticate(OpenIdProvider.signedBySomebodyElse(claims())))
                .isEmpty();
        String signed = provider.sign(claims());
        assertThat(tokens.authenticate(
                        "eyJhbGciOiJub25lIn0" + signed.substring(signed.indexOf('.'), signed.lastIndexOf('.') + 1)))
                .isEmpty();
        assertThat(tokens.authenticate("a.b.c")).isEmpty();
    }

    @Test
    void providerThatIsDownIsNoReasonToSay401() throws Exception {
        String token = provider.sign(claims());
        provider.close();
        assertThatThrownBy(() -> tokens.authenticate(token)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void audienceIsRequired() {
        assertThatThrownBy(() -> new OidcTokens(
                        provider.issuer(), new OidcProperties(provider.issuer(), null, "tenant", "sub", "roles")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("semel.oidc.audience");
    }

    private static OidcTokens tokens(String issuer) {
        return new OidcTokens(issuer, new OidcProperties(issuer, "semel", "tenant", "sub", "roles"));
    }

    private String claims(String changed, String value) {
        ObjectNode claims = (ObjectNode) JSON.readTree(claims());
        if (value == null) {
            claims.remove(changed);
        } else if (value.matches("[0-9]+")) {
            claims.put(changed, Long.parseLong(value));
        } else {
            claims.put(changed, value);
        }
        return claims.toString();
    }

    private String claims() {
        return """
                {"iss":"%s","aud":"semel","sub":"alice","tenant":"acme","roles":["accountant","chief"],"exp":%d}""".formatted(provider.issuer(), Instant.now().plusSeconds(60).getEpochSecond());
    }
}
