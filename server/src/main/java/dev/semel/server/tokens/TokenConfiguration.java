package dev.semel.server.tokens;

import dev.semel.Semel;
import dev.semel.server.database.DatabaseConfiguration;
import dev.semel.server.web.ServerProblems;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.SemelConfigurer;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of tokens. */
@Configuration(proxyBeanMethods = false)
public class TokenConfiguration {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Bean
    TokenLookups tokenLookups(@Qualifier(DatabaseConfiguration.AUTHENTICATION) DataSource dataSource) {
        return new TokenLookups(new StoredDirectory(dataSource), PATIENCE);
    }

    @Bean
    SemelConfigurer tokenConfigurer() {
        return builder -> builder.register(TokenOperations.CREATE_TOKEN).register(TokenOperations.REVOKE_TOKEN);
    }

    @Bean
    TokenTable tokenTable(JdbcClient jdbc) {
        return new TokenTable(jdbc);
    }

    @Bean
    TokenController tokenController(TokenTable tokens, TokenSecret secret, Semel semel, CallerResolver callers) {
        return new TokenController(tokens, secret, semel, callers);
    }

    @Bean
    FilterRegistrationBean<TokenReveal> tokenReveal(
            TokenSecret secret, TokenTable tokens, Semel semel, CallerResolver callers, ServerProblems problems) {
        FilterRegistrationBean<TokenReveal> registration =
                new FilterRegistrationBean<>(new TokenReveal(secret, tokens, semel, callers, problems));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }
}
