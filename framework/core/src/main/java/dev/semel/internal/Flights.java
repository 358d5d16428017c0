package dev.semel.internal;

import dev.semel.Call;
import dev.semel.KeyExpiredException;
import dev.semel.KeyReusedException;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.SemelException;
import dev.semel.UnavailableException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Single flight: at most one call per tenant and key of this JVM is with the database. Thread-safe. */
final class Flights {
    private record Id(String tenant, String key) {
        static Id of(Call<?, ?> call) {
            return new Id(call.caller().tenant(), call.key().value());
        }
    }

    private final ConcurrentMap<Id, Flight> flights = new ConcurrentHashMap<>();

    /** The flight to join, or empty if the offered one leads. */
    Optional<Flight> leadOrJoin(Call<?, ?> call, Flight offered) {
        return Optional.ofNullable(flights.putIfAbsent(Id.of(call), offered));
    }

    /** Whether everybody who asked for the same at the same time would be refused as well. */
    private static boolean holdsForAll(SemelException refusal) {
        return refusal instanceof RejectedException
                || refusal instanceof KeyReusedException
                || refusal instanceof KeyExpiredException
                || refusal instanceof UnavailableException;
    }

    /** Runs the leader's work and settles its flight, whatever happens. */
    <R> Outcome<R> lead(Call<?, R> call, Flight flight, Supplier<Outcome<R>> work) {
        Consumer<Flight> ending = Flight::fail;
        try {
            Outcome<R> outcome = work.get();
            ending = ended -> ended.settle(outcome);
            return outcome;
        } catch (SemelException refusal) {
            ending = holdsForAll(refusal) ? ended -> ended.refuse(refusal) : ending;
            throw refusal;
        } finally {
            flights.remove(Id.of(call), flight);
            ending.accept(flight);
        }
    }
}
