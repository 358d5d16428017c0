package dev.semel.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a host name and looks at the very addresses that will be connected to, so that a name cannot change its meaning between
 * check and use. One address that is not public condemns them all.
 */
record CheckedDns(boolean allowPrivateAddresses, DnsResolver names) implements DnsResolver {
    private static final int TRIED = 4;

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (!allowPrivateAddresses && !Arrays.stream(addresses).allMatch(PublicAddresses::contains)) {
            throw new AddressRefusedException();
        }
        return Arrays.copyOf(addresses, Math.min(addresses.length, TRIED));
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
