package dev.semel.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of IP addresses, such as 10.0.0.0/8. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AddressBlock(byte[] prefix, int bits) {
    static AddressBlock parse(String notation) {
        int slash = notation.indexOf('/');
        try {
            byte[] prefix = InetAddress.getByName(notation.substring(0, slash)).getAddress();
            return new AddressBlock(prefix, Integer.parseInt(notation.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not a block of addresses: " + notation, e);
        }
    }

    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
