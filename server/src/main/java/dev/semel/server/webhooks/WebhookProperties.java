package dev.semel.server.webhooks;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code semel.webhooks}.
 *
 * @param webhooks each under a name that stays: it is stored with deliveries that are tried again
 */
@ConfigurationProperties("semel")
record WebhookProperties(@DefaultValue Map<String, Webhook> webhooks) {
    /**
     * One receiver.
     *
     * @param tenant whose events it gets
     * @param url where they are posted
     * @param secret what they are signed with, at least 16 bytes
     * @param nextSecret signs as well, while the receiver changes over
     * @param events types of events, each whole or as {@code changeset.*}
     * @param allowPlainHttp whether everyone on the way may read them
     * @param allowPrivateAddresses whether the receiver may be in the own network
     */
    record Webhook(
            @Nullable String tenant,
            @Nullable URI url,
            @Nullable String secret,
            @Nullable String nextSecret,
            @DefaultValue List<String> events,
            boolean allowPlainHttp,
            boolean allowPrivateAddresses) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return "Webhook[tenant=" + tenant + ", url=" + url + ", events=" + events + "]";
        }
    }
}
