package dev.semel.server.security;

import dev.semel.Semel;
import dev.semel.books.access.AccessGrantTable;
import dev.semel.server.tokens.TokenLookups;
import dev.semel.server.web.ServerProblems;
import dev.semel.spring.CallerResolver;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Bearer tokens, roles, and nothing that keeps a session. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OidcProperties.class)
public class SecurityConfiguration {
    @Bean
    CallerResolver callerResolver() {
        return new AuthenticatedCaller();
    }

    /** Semel's own tokens, and an OpenID provider's if one is configured. */
    @Bean
    Authenticator authenticator(TokenLookups tokens, OidcProperties oidc, Semel semel, AccessGrantTable grants) {
        String issuer = oidc.issuerUri();
        if (issuer == null || issuer.isBlank()) {
            return tokens::find;
        }
        OidcTokens provided = new OidcTokens(issuer, oidc);
        GrantedRoles granted = new GrantedRoles(semel, grants);
        return token -> OidcTokens.isJwt(token) ? provided.authenticate(token).map(granted::addTo) : tokens.find(token);
    }

    @Bean
    AccessCheck accessCheck(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        return new AccessCheck(mapping);
    }

    /**
     * The paths stay strict, but for the names of articles, which have slashes in them; header and parameter values are for the
     * controllers to refuse, with a problem that says what.
     */
    @Bean
    HttpFirewall httpFirewall() {
        StrictHttpFirewall names = firewall();
        names.setAllowUrlEncodedSlash(true);
        return new ArticleNamesFirewall(firewall(), names);
    }

    /** The time of each filter of each request is nobody's question, and to take it costs more than the filters do. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    private static StrictHttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        firewall.setAllowedParameterValues(value -> true);
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, Authenticator authenticator, ServerProblems problems) {
        SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(context -> context.securityContextRepository(contexts))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint((request, response, e) ->
                                problems.unauthenticated(request, response, "Send Authorization: Bearer TOKEN."))
                        .accessDeniedHandler((request, response, e) -> problems.forbidden(request, response)))
                .addFilterBefore(
                        new BearerFilter(authenticator, problems, openRoutes(), contexts),
                        AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(SecurityConfiguration::apply)
                .build();
    }

    /** Errors and second dispatches belong to requests that were let in, or refused, before. */
    private static void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry routes) {
        routes.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll();
        for (AccessRule rule : AccessRules.ALL) {
            if (rule.isOpen()) {
                routes.requestMatchers(rule.matcher()).permitAll();
            } else {
                routes.requestMatchers(rule.matcher()).hasAnyAuthority(SemelAuthentication.names(rule.roles()));
            }
        }
        routes.anyRequest().authenticated();
    }

    private static RequestMatcher openRoutes() {
        List<RequestMatcher> open = AccessRules.ALL.stream()
                .filter(AccessRule::isOpen)
                .map(AccessRule::matcher)
                .toList();
        return new OrRequestMatcher(open);
    }
}
