package dev.semel.spring;

import dev.semel.outbox.DatabaseSink;
import dev.semel.outbox.DeliveryPolicy;
import dev.semel.outbox.DeliveryPolicy.OnPark;
import dev.semel.outbox.LogSink;
import dev.semel.outbox.Subscription;
import dev.semel.webhook.WebhookSink;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EventDelivery {
    /** A row in this database, exactly once. */
    @Bean
    Subscription sales() {
        DatabaseSink count = (connection, event) -> {
            try (var statement = connection.prepareStatement("""
                    INSERT INTO shop.sales AS sale (tenant_id, day, tickets) VALUES (?, ?, 1)
                        ON CONFLICT (tenant_id, day) DO UPDATE SET tickets = sale.tickets + 1""")) {
                statement.setString(1, event.tenant());
                statement.setObject(
                        2, event.createdAt().atOffset(ZoneOffset.UTC).toLocalDate());
                statement.executeUpdate();
            }
        };
        return Subscription.to("sales", count, "ticket.sold");
    }

    @Bean
    WebhookSink partner(@Value("${partner.url}") URI url, @Value("${partner.secret}") String secret) {
        return WebhookSink.builder(url, secret.getBytes(StandardCharsets.UTF_8))
                .allowPlainHttp() // the partner of this example is on this machine
                .allowPrivateAddresses()
                .deadline(Duration.ofSeconds(5))
                .build();
    }

    /** Another system, at least once, each time with the same {@code Idempotency-Key}. */
    @Bean
    Subscription partnerIsTold(WebhookSink partner) {
        return Subscription.to("partner", partner, "ticket.sold");
    }

    @Bean
    Subscription logged() {
        return Subscription.toAll("log", new LogSink());
    }

    /** Sales of one customer reach the partner in order, even if somebody has to mend one first. */
    @Bean
    RelayConfigurer deliveryPolicies() {
        return relay -> relay.policy(
                "ticket.sold",
                DeliveryPolicy.ofDefaults()
                        .withMaxAttempts(20)
                        .withPauses(Duration.ofMillis(100), Duration.ofMinutes(1))
                        .withOnPark(OnPark.HALT_KEY));
    }
}
