package dev.semel.server.webhooks;

import dev.semel.Registry;
import dev.semel.outbox.Relay;
import dev.semel.outbox.Subscription;
import dev.semel.server.webhooks.WebhookProperties.Webhook;
import dev.semel.spring.InvalidSettingException;
import dev.semel.spring.RelayConfigurer;
import dev.semel.webhook.WebhookSink;
import dev.semel.webhook.WebhookSinkBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Posts events to the configured receivers. */
final class Webhooks implements RelayConfigurer, AutoCloseable {
    private final Map<String, Webhook> configured;
    private final Set<String> declared;
    private final List<WebhookSink> sinks = new ArrayList<>();

    Webhooks(Map<String, Webhook> configured, Registry registry) {
        this.configured = configured;
        this.declared = new TreeSet<>();
        registry.operations().forEach(operation -> declared.addAll(operation.events()));
    }

    /** @throws InvalidSettingException for a receiver that nothing can be posted to */
    @Override
    public void configure(Relay.Builder relay) {
        configured.forEach((name, webhook) -> relay.subscribe(subscription(name, webhook)));
    }

    private Subscription subscription(String name, Webhook webhook) {
        String tenant = required(name, "tenant", webhook.tenant());
        EventTypes types = types(name, webhook.events());
        WebhookSink sink = sink(name, webhook);
        sinks.add(sink);
        try {
            return new Subscription(
                    "webhook-" + name, sink, event -> event.tenant().equals(tenant) && types.contain(event));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    setting(name, "") + ": its name must be lower-case letters and digits.", e);
        }
    }

    private EventTypes types(String name, List<String> events) {
        EventTypes types = new EventTypes(events);
        Set<String> strangers = types.strangers(declared);
        if (events.isEmpty() || !strangers.isEmpty()) {
            throw new InvalidSettingException(setting(name, ".events") + " must name types of events"
                    + (strangers.isEmpty() ? "" : ", and " + strangers + " are none") + ". There are: "
                    + String.join(", ", declared) + ".");
        }
        return types;
    }

    private static WebhookSink sink(String name, Webhook webhook) {
        URI url = required(name, "url", webhook.url());
        byte[] secret = bytes(required(name, "secret", webhook.secret()));
        try {
            WebhookSinkBuilder builder = WebhookSink.builder(url, secret);
            if (webhook.nextSecret() != null) {
                builder.secret(bytes(webhook.nextSecret()));
            }
            if (webhook.allowPlainHttp()) {
                builder.allowPlainHttp();
            }
            if (webhook.allowPrivateAddresses()) {
                builder.allowPrivateAddresses();
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(setting(name, "") + ": " + e.getMessage() + ".", e);
        }
    }

    private static <T> T required(String name, String member, @Nullable T value) {
        if (value == null || value.toString().isBlank()) {
            throw new InvalidSettingException(setting(name, "." + member) + " is missing.");
        }
        return value;
    }

    private static byte[] bytes(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private static String setting(String name, String member) {
        return "semel.webhooks." + name + member;
    }

    /** After the relay has ended. */
    @Override
    public void close() {
        sinks.forEach(WebhookSink::close);
    }
}
