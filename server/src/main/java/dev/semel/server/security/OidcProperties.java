package dev.semel.server.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code semel.oidc}: bearer tokens of an OpenID provider, beside the server's own.
 *
 * @param issuerUri who issues them; without it there are none
 * @param audience what they must be issued for; required with an issuer
 * @param tenantClaim names the tenant
 * @param userClaim names the user
 * @param rolesClaim lists the roles; those that Semel does not know open nothing
 */
@ConfigurationProperties("semel.oidc")
record OidcProperties(
        @Nullable String issuerUri,
        @Nullable String audience,
        @DefaultValue("tenant") String tenantClaim,
        @DefaultValue("sub") String userClaim,
        @DefaultValue("roles") String rolesClaim) {}
