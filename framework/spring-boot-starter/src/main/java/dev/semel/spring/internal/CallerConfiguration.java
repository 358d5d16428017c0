package dev.semel.spring.internal;

import dev.semel.spring.CallerResolver;
import dev.semel.spring.SemelProperties;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Says who calls where the application has settings for it and no resolver of its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class CallerConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @Conditional(AnyIsSet.class)
    CallerResolver semelCallers(SemelProperties properties, Environment environment) {
        return ConfiguredCallers.of(properties.caller(), environment);
    }

    /** One of the settings. */
    static final class AnyIsSet extends AnyNestedCondition {
        AnyIsSet() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        /** The application's one tenant. */
        @ConditionalOnProperty("semel.caller.tenant")
        static final class Tenant {}

        /** Who calls in development. */
        @ConditionalOnProperty("semel.caller.development")
        static final class Development {}
    }
}
