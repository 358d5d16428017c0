package dev.semel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]"
            })
    void nothingArrivesAtAReceiverInTheOwnNetwork(String host) throws Exception {
        try (Receiver receiver = Receiver.answering(200)) {
            assertThatThrownBy(() -> deliver(host, receiver.port()))
                    .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
            assertThat(receiver.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "2130706433"})
    void theRefusalSaysWhyButNotWhere(String host) {
        assertThatThrownBy(() -> deliver(host, 80)).hasMessage("the webhook's address is not public");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:10.0.0.1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1"
            })
    void anAddressThatIsNotPublicIsRefused(String address) throws Exception {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "64:ff9b::808:808"
            })
    void aPublicAddressIsNot(String address) throws Exception {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void aNameWithOnePrivateAddressAmongPublicOnesIsRefused() throws Exception {
        InMemoryDnsResolver names = new InMemoryDnsResolver();
        names.add("mixed.example", InetAddress.getByName("1.1.1.1"), InetAddress.getByName("10.0.0.1"));
        names.add("public.example", InetAddress.getByName("1.1.1.1"));
        CheckedDns dns = new CheckedDns(false, names);

        assertThatThrownBy(() -> dns.resolve("mixed.example"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageNotContaining("10.0.0.1");
        assertThat(dns.resolve("public.example")).containsExactly(InetAddress.getByName("1.1.1.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "ftp://example.com",
                "file:///etc/passwd",
                "https:///x",
                "/relative",
                "https://user:pw@example.com",
                "https://example.com/#f"
            })
    void anEndpointThatIsNotAnHttpsUrlIsRefused(String endpoint) {
        WebhookSinkBuilder builder = WebhookSink.builder(URI.create(endpoint), Receiver.SECRET);
        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> WebhookSink.builder(URI.create("https://example.com"), new byte[15]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void deliver(String host, int port) throws Exception {
        try (WebhookSink sink = WebhookSink.builder(URI.create("http://" + host + ":" + port), Receiver.SECRET)
                .allowPlainHttp()
                .deadline(Duration.ofSeconds(3))
                .build()) {
            sink.deliver(Events.event());
        }
    }
}
