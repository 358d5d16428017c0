package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import java.util.regex.Pattern;

/** Names a delivery, {@code EVENT:SINK}, or with {@code EVENT} alone all of an event, as the list shows it. */
final class DeliveryId {

    private static final Pattern SHAPE =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(:[a-z0-9-]{1,64})?");

    private DeliveryId() {}

    static void require(String id) {
        if (!SHAPE.matcher(id).matches()) {
            throw CommandFailure.usage(
                    "An ID is EVENT:SINK or EVENT, as the list shows it.", "semel ops outbox list --state parked");
        }
    }
}
