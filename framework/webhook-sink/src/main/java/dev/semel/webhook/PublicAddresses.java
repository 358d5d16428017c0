package dev.semel.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses belong to the public internet, after the IANA registries of special-purpose addresses. */
final class PublicAddresses {
    private static final List<AddressBlock> NOT_PUBLIC = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");
    private static final AddressBlock GLOBAL_IPV6 = AddressBlock.parse("2000::/3");
    private static final AddressBlock NAT64 = AddressBlock.parse("64:ff9b::/96");
    private static final int IPV4_LENGTH = 4;

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    static boolean contains(byte[] address) {
        if (NAT64.contains(address)) {
            return contains(Arrays.copyOfRange(address, address.length - IPV4_LENGTH, address.length));
        }
        boolean unicast = address.length == IPV4_LENGTH || GLOBAL_IPV6.contains(address);
        return unicast && NOT_PUBLIC.stream().noneMatch(block -> block.contains(address));
    }

    private static List<AddressBlock> blocks(String... notations) {
        return Stream.of(notations).map(AddressBlock::parse).toList();
    }
}
