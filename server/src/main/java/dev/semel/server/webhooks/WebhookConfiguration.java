package dev.semel.server.webhooks;

import dev.semel.Semel;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of the webhooks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookProperties.class)
public class WebhookConfiguration {
    @Bean
    Webhooks webhooks(WebhookProperties properties, Semel semel) {
        return new Webhooks(properties.webhooks(), semel.registry());
    }
}
