package dev.semel.spring.internal;

import dev.semel.Caller;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.InvalidSettingException;
import dev.semel.spring.SemelProperties;
import dev.semel.spring.UnauthenticatedException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * Whom the container or Spring Security has authenticated, as a user of the application's one tenant; and in development whoever
 * calls from this machine.
 */
final class ConfiguredCallers implements CallerResolver {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredCallers.class);
    private static final Set<String> FORWARDED =
            Set.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP");
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

    private final @Nullable String tenant;
    private final @Nullable Caller development;

    private ConfiguredCallers(@Nullable String tenant, @Nullable Caller development) {
        this.tenant = tenant;
        this.development = development;
    }

    /** @throws InvalidSettingException if a setting is malformed or does not belong where it is */
    static ConfiguredCallers of(SemelProperties.Caller settings, Environment environment) {
        String tenant = settings.tenant();
        if (tenant != null) {
            caller("semel.caller.tenant must be a tenant", tenant, "user");
        }
        String development = settings.development();
        if (development == null) {
            return new ConfiguredCallers(tenant, null);
        }
        Production.refuse(environment, "semel.caller.development", "lets in whoever has no credential");
        LOG.warn(
                "semel.caller.development: requests from this machine without a credential are {}'s. For development only.",
                development);
        return new ConfiguredCallers(tenant, developer(development));
    }

    private static Caller developer(String setting) {
        int colon = setting.indexOf(':');
        return caller(
                "semel.caller.development must be tenant:user",
                setting.substring(0, Math.max(colon, 0)),
                setting.substring(colon + 1));
    }

    private static Caller caller(String refusal, String tenant, String user) {
        try {
            return new Caller(tenant, user, "start");
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(refusal + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Caller resolve(HttpServletRequest request, String requestId) {
        Principal principal = request.getUserPrincipal();
        if (tenant != null && principal != null) {
            return authenticated(tenant, principal.getName(), requestId);
        }
        if (development != null && principal == null) {
            return developer(development, request, requestId);
        }
        throw new UnauthenticatedException();
    }

    private static Caller developer(Caller development, HttpServletRequest request, String requestId) {
        if (!THIS_MACHINE.contains(request.getRemoteAddr()) || isForwarded(request)) {
            LOG.info("semel.caller.development is for requests from this machine, and this one is from another");
            throw new UnauthenticatedException();
        }
        return new Caller(development.tenant(), development.user(), requestId);
    }

    /** A proxy on this machine asks in the name of others. */
    private static boolean isForwarded(HttpServletRequest request) {
        return FORWARDED.stream().anyMatch(header -> request.getHeader(header) != null);
    }

    private static Caller authenticated(String tenant, @Nullable String name, String requestId) {
        if (name == null || name.isBlank() || name.length() > 255) {
            throw new UnauthenticatedException();
        }
        return new Caller(tenant, name, requestId);
    }
}
