package dev.semel.spring;

import dev.semel.KeyRule;
import dev.semel.Operation;
import dev.semel.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registered operation as people and programs that operate it want it described. Immutable.
 *
 * @param keyRule {@code client}, or what the key is derived from where the client sends none, or the payload's member that it is
 * @param retention how long a key's response is kept, as in {@code PT48H}
 * @param waitLimit how long a duplicate waits for the running call
 * @param events types that it may emit
 * @param workflow that starts after each executed write; null for none
 * @param rejections codes by which it refuses, in alphabetical order
 * @param rememberRejections whether a business rejection is stored and answered again
 * @param coalesced whether calls that wait at the same moment share a transaction
 * @param routes as in {@code POST /api/payments}
 */
public record RegisteredOperation(
        String name,
        Risk risk,
        String keyRule,
        String retention,
        String waitLimit,
        List<String> events,
        @Nullable String workflow,
        List<String> rejections,
        boolean rememberRejections,
        boolean coalesced,
        List<String> routes) {
    /** Copies the lists. */
    public RegisteredOperation {
        events = List.copyOf(events);
        rejections = List.copyOf(rejections);
        routes = List.copyOf(routes);
    }

    /**
     * The description of an operation.
     *
     * @param routes as {@link GateRoutes#byOperation} names them
     */
    public static RegisteredOperation of(Operation<?, ?> operation, Set<String> routes) {
        return new RegisteredOperation(
                operation.name(),
                operation.risk(),
                text(operation.keyRule()),
                text(operation.retention()),
                text(operation.waitLimit()),
                operation.events().stream().sorted().toList(),
                operation.workflow(),
                List.copyOf(operation.rejections().keySet()),
                operation.rememberRejections(),
                operation.coalesced(),
                List.copyOf(routes));
    }

    private static String text(KeyRule<?> rule) {
        if (rule instanceof KeyRule.FromPayload<?> named) {
            return named.member() + " of the payload";
        }
        return rule instanceof KeyRule.Derived<?> derived ? derived.description() : "client";
    }

    private static String text(Duration duration) {
        return duration.toString();
    }
}
