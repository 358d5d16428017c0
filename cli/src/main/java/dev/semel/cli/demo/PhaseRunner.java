package dev.semel.cli.demo;

import dev.semel.cli.CliException;
import dev.semel.cli.demo.network.AnswerBody;
import dev.semel.cli.demo.network.BadNetwork;
import dev.semel.cli.demo.network.Delivery;
import dev.semel.cli.demo.tally.Tally;
import dev.semel.cli.server.RunningServer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs a phase's tasks side by side. */
final class PhaseRunner {

    private static final int CLERKS = 10;

    private final RunningServer server;
    private final BadNetwork network;
    private final Delivery delivery;

    PhaseRunner(RunningServer server, BadNetwork network, Delivery delivery) {
        this.server = server;
        this.network = network;
        this.delivery = delivery;
    }

    /**
     * Runs a phase to its end.
     *
     * @throws CliException if the server does not come back after it was killed
     */
    PhaseResult run(Phase phase, Progress progress) throws InterruptedException {
        ExecutorService clerks = Executors.newFixedThreadPool(CLERKS);
        try {
            return new Run(phase, progress, clerks).result();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            clerks.shutdownNow();
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        return e.getCause() instanceof CliException known ? known : new IllegalStateException(e.getCause());
    }

    private final class Run {

        private final Tally tally = new Tally();
        private final Map<String, AnswerBody> answers = new ConcurrentHashMap<>();
        private final AtomicInteger done = new AtomicInteger();
        private final Phase phase;
        private final Progress progress;
        private final @Nullable KillSwitch killSwitch;
        private final CompletableFuture<Void> everything;

        Run(Phase phase, Progress progress, ExecutorService clerks) {
            this.phase = phase;
            this.progress = progress;
            this.killSwitch = phase.kill()
                    ? new KillSwitch(server, network, Math.max(1, phase.tasks().size() / 2))
                    : null;
            this.everything = CompletableFuture.allOf(phase.tasks().stream()
                    .map(task -> CompletableFuture.runAsync(() -> deliver(task), clerks))
                    .toArray(CompletableFuture<?>[]::new));
        }

        PhaseResult result() throws InterruptedException, ExecutionException {
            Optional<Kill> kill = Optional.empty();
            if (killSwitch != null && !phase.tasks().isEmpty()) {
                failTogether(killSwitch.kill());
                everything.get();
                kill = Optional.of(killSwitch.kill().get());
            }
            everything.get();
            return new PhaseResult(phase.stage(), phase.tasks().size(), tally, answers, kill);
        }

        /** Without a server the tasks would try in vain until their patience ends. */
        private void failTogether(CompletableFuture<Kill> kill) {
            CompletableFuture<Kill> unused = kill.whenComplete((outcome, failure) -> {
                if (failure != null) {
                    everything.completeExceptionally(failure);
                }
            });
        }

        private void deliver(Task task) {
            try {
                delivery.deliver(task.ask(), task.changed(), tally)
                        .ifPresent(body -> answers.put(task.ask().key(), body));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            progress.step();
            int tasksDone = done.incrementAndGet();
            if (killSwitch != null) {
                killSwitch.done(tasksDone);
            }
        }
    }
}
