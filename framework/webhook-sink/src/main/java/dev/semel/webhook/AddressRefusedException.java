package dev.semel.webhook;

import java.net.UnknownHostException;

/** The endpoint's name leads to an address that is not public. Does not say which: names inside a network are not for logs. */
final class AddressRefusedException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    AddressRefusedException() {
        super("the webhook's address is not public");
    }
}
