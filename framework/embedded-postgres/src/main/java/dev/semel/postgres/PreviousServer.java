package dev.semel.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier start on the same cluster may have left behind. Call only while holding the directory's lock: then nobody
 * alive is entitled to these processes.
 *
 * <p>Whatever is signalled was recognised as a server of this cluster before: by its program and its working directory, or,
 * where the system does not tell the latter, by its arguments. A pid in a file alone proves nothing.
 */
final class PreviousServer {
    private static final Logger log = LoggerFactory.getLogger(PreviousServer.class);

    private static final Path PROC = Path.of("/proc");

    private final Path cluster;
    private final Duration patience;

    /** @param patience how long a server that is ending by itself may take */
    PreviousServer(Path cluster, Duration patience) {
        this.cluster = cluster;
        this.patience = patience;
    }

    /** Returns when no process of an earlier start is left: waits first, then ends them. Bounded by some 30 s plus patience. */
    void end() throws IOException {
        if (!isGone(Duration.ZERO)) {
            log.warn("A previous PostgreSQL still runs on {}; waiting for its end", cluster);
            endRunning();
        }
        deleteMisleadingPid();
    }

    private void endRunning() {
        if (isGone(patience)) {
            return;
        }
        for (var signal : List.of("INT", "QUIT", "KILL")) {
            log.warn("Ending the previous PostgreSQL on {} with SIG{}", cluster, signal);
            targets().forEach(process -> ShortCommand.signal(process.pid(), signal, "CONT"));
            if (isGone(Duration.ofSeconds(10))) {
                return;
            }
        }
        throw new EmbeddedPostgresException(
                "A previous PostgreSQL still runs on " + cluster + " and cannot be ended: pid "
                        + servers().map(ProcessHandle::pid).toList() + ". End it by hand.");
    }

    private boolean isGone(Duration limit) {
        return Poll.until(() -> servers().findAny().isEmpty(), limit);
    }

    // The postmaster ends its children in good order. Children without a postmaster have to be addressed themselves.
    private List<ProcessHandle> targets() {
        var postmaster = postmaster().filter(this::isServer);
        return postmaster.map(List::of).orElseGet(() -> servers().toList());
    }

    private Stream<ProcessHandle> servers() {
        return Stream.concat(postmaster().stream(), ProcessHandle.allProcesses())
                .filter(this::isServer)
                .distinct();
    }

    private Optional<ProcessHandle> postmaster() {
        return PostmasterFile.read(cluster).flatMap(file -> ProcessHandle.of(file.pid()));
    }

    private boolean isServer(ProcessHandle process) {
        return process.isAlive() && runsPostgres(process) && belongsToCluster(process);
    }

    private static boolean runsPostgres(ProcessHandle process) {
        var command = process.info().command().map(Path::of).map(Path::getFileName);
        return command.filter(name -> name.toString().startsWith("postgres")).isPresent();
    }

    private boolean belongsToCluster(ProcessHandle process) {
        return Files.isDirectory(PROC) ? worksInCluster(process) : namesCluster(process);
    }

    private boolean worksInCluster(ProcessHandle process) {
        try {
            return Files.isSameFile(PROC.resolve(process.pid() + "/cwd"), cluster);
        } catch (IOException e) {
            return false; // ended, or not ours to look at
        }
    }

    private boolean namesCluster(ProcessHandle process) {
        var arguments = process.info().arguments().map(List::of).orElse(List.of());
        return arguments.contains(cluster.toString());
    }

    // The server refuses to start if the pid in an old file belongs to any process of the same user: a zombie that
    // nobody reaps,
    // or, after a restart of the machine, anything. It is safe to delete where that process is known to be no server of
    // this cluster.
    private void deleteMisleadingPid() throws IOException {
        if (postmaster().filter(PreviousServer::isKnownStranger).isPresent()) {
            Files.deleteIfExists(PostmasterFile.in(cluster));
        }
    }

    // All servers of this cluster have ended. Without /proc one could have been overlooked, if started by hand.
    private static boolean isKnownStranger(ProcessHandle process) {
        return Files.isDirectory(PROC) || (process.info().command().isPresent() && !runsPostgres(process));
    }
}
