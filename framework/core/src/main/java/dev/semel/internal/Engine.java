package dev.semel.internal;

import dev.semel.Attempt;
import dev.semel.Call;
import dev.semel.CallResult;
import dev.semel.Caller;
import dev.semel.Coalescing;
import dev.semel.Fingerprint;
import dev.semel.Key;
import dev.semel.KeyedPayload;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.PayloadCodec;
import dev.semel.Registry;
import dev.semel.RequestInProgressException;
import dev.semel.Semel;
import dev.semel.TransactionBody;
import dev.semel.Transactions;
import dev.semel.UnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The engine: single flight in this JVM in front of one {@link Execution} per leader. */
public final class Engine implements Semel {
    private final Machinery machinery;
    private final Listeners listeners;
    private final Flights flights = new Flights();
    private final Turns turns = new Turns();
    private final Reentry reentry = new Reentry();
    private final Coalescer coalescer;

    private Engine(Machinery machinery, Listeners listeners, Coalescing coalescing) {
        this.machinery = machinery;
        this.listeners = listeners;
        this.coalescer = new Coalescer(machinery, coalescing, reentry, listeners);
    }

    public static Semel create(
            Transactions transactions,
            PayloadCodec codec,
            Map<Operation<?, ?>, Binding> bindings,
            Observers observers,
            Coalescing coalescing) {
        Bindings checked = new Bindings(bindings);
        if (coalescing.shares()) {
            checked.requireSharable(transactions);
        }
        Machinery machinery = new Machinery(
                transactions, codec, checked, new RecordLast(), new Replays(checked, codec), observers.failpoints());
        return new Engine(machinery, new Listeners(observers.listeners(), observers.auditTrail()), coalescing);
    }

    @Override
    public Registry registry() {
        return machinery.bindings().registry();
    }

    @Override
    public boolean hasHandler(Operation<?, ?> operation) {
        return machinery.bindings().hasHandler(operation);
    }

    @Override
    public <P, R> Outcome<R> execute(Operation<P, R> operation, Caller caller, Key key, P payload) {
        return execute(call(operation, caller, new KeyedPayload<>(key, payload)));
    }

    private <P, R> Call<P, R> call(Operation<P, R> operation, Caller caller, KeyedPayload<P> one) {
        byte[] canonical = Canonical.of(machinery.codec(), operation, one.payload());
        return new Call<>(
                operation,
                caller,
                one.key(),
                one.payload(),
                Fingerprint.of(operation.name(), Map.of(), canonical),
                Map.of(),
                machinery.bindings().handler(operation));
    }

    @Override
    public <P, R> Outcome<R> execute(Call<P, R> call) {
        Deadline deadline = Deadline.after(call.operation().waitLimit());
        while (true) {
            Attempt<R> attempt = attempt(call);
            if (attempt instanceof Attempt.Finished<R> finished) {
                return finished.outcome();
            }
            Optional<Outcome<R>> outcome = await(((Attempt.InFlight<R>) attempt).settled(), deadline);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
    }

    @Override
    public <P, R> List<CallResult<R>> executeAll(
            Operation<P, R> operation, Caller caller, List<KeyedPayload<P>> calls) {
        machinery.bindings().requireRegistered(operation);
        reentry.refuse();
        if (!coalescer.takes(operation)) {
            return calls.stream()
                    .map(one -> Together.result(() -> execute(operation, caller, one.key(), one.payload())))
                    .toList();
        }
        List<Supplier<Call<P, R>>> asked = calls.stream()
                .<Supplier<Call<P, R>>>map(one -> () -> call(operation, caller, one))
                .toList();
        Together.Tools tools = new Together.Tools(machinery, flights, listeners, coalescer);
        return new Together<>(tools, this::execute, asked).run();
    }

    @Override
    public <P, R> Attempt<R> attempt(Call<P, R> call) {
        machinery.bindings().requireRegistered(call.operation());
        reentry.refuse();
        Listeners.Observation observation = listeners.observe(call);
        Flight flight = new Flight(call.fingerprint());
        return flights.leadOrJoin(call, flight)
                .<Attempt<R>>map(leading -> new Attempt.InFlight<>(joined(leading, call, observation)))
                .orElseGet(() -> new Attempt.Finished<>(lead(call, flight, observation)));
    }

    private <R> Outcome<R> lead(Call<?, R> call, Flight flight, Listeners.Observation observation) {
        Execution<R> execution = new Execution<>(machinery, call, flight::executing);
        return observation.observe(
                () -> flights.lead(call, flight, () -> {
                    observation.begin();
                    return coalescer.takes(call.operation()) ? coalescer.run(execution) : inTurn(call, execution);
                }),
                execution::events);
    }

    private <R> Outcome<R> inTurn(Call<?, R> call, Execution<R> execution) {
        return turns.within(call, () -> reentry.within(execution::run));
    }

    private static <R> CompletableFuture<Optional<Outcome<R>>> joined(
            Flight flight, Call<?, R> call, Listeners.Observation observation) {
        CompletableFuture<Optional<Outcome<R>>> settled = flight.join(call).copy();
        var unused = settled.whenComplete(
                (outcome, failure) -> observation.joined(outcome == null ? Optional.empty() : outcome, failure));
        return settled;
    }

    private static <R> Optional<Outcome<R>> await(CompletableFuture<Optional<Outcome<R>>> settled, Deadline deadline) {
        try {
            return settled.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw giveUp(settled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw giveUp(settled);
        }
    }

    private static RuntimeException giveUp(CompletableFuture<?> settled) {
        RequestInProgressException refusal = new RequestInProgressException();
        settled.completeExceptionally(refusal);
        return refusal;
    }

    @Override
    public <T> T read(String tenant, TransactionBody<T> body) {
        reentry.refuse();
        return reentry.within(() -> {
            try {
                return machinery.transactions().run(connection -> {
                    TenantSetting.setForReading(connection, tenant);
                    return body.run(connection);
                });
            } catch (Exception failure) {
                throw SqlFailures.isUnavailable(failure)
                        ? new UnavailableException(failure)
                        : Failures.unchecked(failure);
            }
        });
    }
}
