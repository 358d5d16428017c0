package dev.semel.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Settings of a {@link WebhookSink}. Not thread-safe; may be used for several sinks. */
public final class WebhookSinkBuilder {
    private static final int SHORTEST_SECRET = 16;

    private final URI endpoint;
    private final List<byte[]> secrets = new ArrayList<>();
    private boolean plainHttp;
    private boolean privateAddresses;
    private Duration deadline = Duration.ofSeconds(10);
    private int connections = 16;

    WebhookSinkBuilder(URI endpoint, byte[] secret) {
        this.endpoint = endpoint;
        secret(secret);
    }

    /**
     * Signs with one more secret: the next one, while receivers change over.
     *
     * @param secret at least 16 bytes; copied
     */
    public WebhookSinkBuilder secret(byte[] secret) {
        if (secret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("a secret needs at least " + SHORTEST_SECRET + " bytes");
        }
        secrets.add(secret.clone());
        return this;
    }

    /** Allows {@code http:} endpoints. Everyone on the way can read the events then. */
    public WebhookSinkBuilder allowPlainHttp() {
        plainHttp = true;
        return this;
    }

    /** Allows endpoints in the own network. Never for endpoints that a customer may choose. */
    public WebhookSinkBuilder allowPrivateAddresses() {
        privateAddresses = true;
        return this;
    }

    /** How long an attempt may take as a whole, from looking up the name to the status; 10 seconds by default. */
    public WebhookSinkBuilder deadline(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("the deadline must be positive");
        }
        this.deadline = deadline;
        return this;
    }

    /** How many requests may be under way at a time; 16 by default. Costs a connection and, while busy, a thread each. */
    public WebhookSinkBuilder connections(int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("at least one connection");
        }
        this.connections = connections;
        return this;
    }

    /** @throws IllegalArgumentException if the endpoint is not an absolute URL that these settings allow */
    public WebhookSink build() {
        requireAllowed();
        return new WebhookSink(
                endpoint, List.copyOf(secrets), deadline, new HttpExchanges(privateAddresses, deadline, connections));
    }

    private void requireAllowed() {
        String scheme = endpoint.getScheme();
        if (!"https".equalsIgnoreCase(scheme) && !(plainHttp && "http".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException("the endpoint's scheme must be https");
        }
        if (endpoint.getHost() == null || endpoint.getRawUserInfo() != null || endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("the endpoint needs a host, and neither user information nor fragment");
        }
    }
}
