package dev.semel.webhook;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** The HTTP client and the threads that wait for it: nothing followed, nothing repeated, nothing remembered. */
final class HttpExchanges implements AutoCloseable {
    private static final Timeout CONNECT = Timeout.ofSeconds(2);
    private static final int LONGEST_LINE = 8192;
    private static final int MOST_HEADERS = 100;

    private final CloseableHttpClient client;
    private final ThreadPoolExecutor threads;

    HttpExchanges(boolean allowPrivateAddresses, Duration deadline, int connections) {
        Timeout timeout = Timeout.of(deadline);
        this.client = HttpClients.custom()
                .setConnectionManager(connectionManager(allowPrivateAddresses, timeout, connections))
                .setDefaultRequestConfig(requestConfig(timeout))
                .setUserAgent("Semel")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
        this.threads = threads(connections);
    }

    Exchange start(HttpPost request) {
        Exchange exchange = new Exchange(client, request);
        exchange.startOn(threads);
        return exchange;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private static PoolingHttpClientConnectionManager connectionManager(
            boolean allowPrivateAddresses, Timeout timeout, int connections) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new CheckedDns(allowPrivateAddresses, SystemDefaultDnsResolver.INSTANCE))
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(timeout)
                        .setTimeToLive(1, TimeUnit.MINUTES) // so that a changed name is looked up, and checked, again
                        .build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(timeout).build())
                .build();
    }

    private static RequestConfig requestConfig(Timeout timeout) {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .setProtocolUpgradeEnabled(false)
                .build();
    }

    private static ThreadPoolExecutor threads(int connections) {
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, "semel-webhook");
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                connections, connections, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
