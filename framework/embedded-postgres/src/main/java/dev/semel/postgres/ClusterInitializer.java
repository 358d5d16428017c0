package dev.semel.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the cluster the first time. All happens under another name; the final one is given last, so whenever this is
 * interrupted, the next start begins anew.
 */
final class ClusterInitializer {
    private static final Logger log = LoggerFactory.getLogger(ClusterInitializer.class);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration DRAFT_LIMIT = Duration.ofSeconds(5);
    static final String SUPERUSER = "postgres";
    private static final String BUILTIN_LOCALE = "--builtin-locale";
    private static final String DRAFT = "cluster.new-";
    private static final int PASSWORD_BYTES = 32;

    private final DataDirectory directory;
    private final Toolbox toolbox;
    private final boolean durable;

    ClusterInitializer(DataDirectory directory, Toolbox toolbox, boolean durable) {
        this.directory = directory;
        this.toolbox = toolbox;
        this.durable = durable;
    }

    /** Makes sure there is a cluster, owned as it must be; returns the superuser's password. */
    String password() throws IOException {
        deleteDrafts();
        if (!Files.exists(directory.cluster())) {
            create();
        }
        toolbox.identity().own(directory.cluster());
        return new ConnectionFile(directory)
                .read()
                .map(PostgresConnection::password)
                .orElseThrow(() -> new EmbeddedPostgresException("There is a cluster in " + directory.cluster()
                        + ", but the password to it is not in " + directory.connectionFile()
                        + ". Restore that file, or move the whole data directory away to begin with an empty one."));
    }

    private void create() throws IOException {
        log.info("Creating a PostgreSQL cluster in {}", directory.cluster());
        var password = newPassword();
        var draft = Files.createTempDirectory(directory.root(), DRAFT, FileTrees.OWNER_ONLY_FOLDER);
        var cluster = Files.createDirectory(draft.resolve("cluster"), FileTrees.OWNER_ONLY_FOLDER);
        try {
            initialize(draft, password);
            new ConnectionFile(directory).write(new PostgresConnection("", SUPERUSER, password));
            Files.move(cluster, directory.cluster(), StandardCopyOption.ATOMIC_MOVE);
            FileTrees.flush(directory.root());
        } finally {
            FileTrees.tryDelete(draft);
        }
    }

    private void initialize(Path draft, String password) throws IOException {
        var passwordFile = Files.createTempFile(draft, "password", "", FileTrees.OWNER_ONLY_FILE);
        try {
            Files.writeString(passwordFile, password);
            toolbox.identity().own(draft);
            runInitdb(arguments(draft.resolve("cluster"), passwordFile));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private List<String> arguments(Path cluster, Path passwordFile) {
        var arguments = new ArrayList<>(List.of(
                "--pgdata=" + cluster,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions"));
        if (toolbox.offers("initdb", BUILTIN_LOCALE)) { // since PostgreSQL 17
            arguments.addAll(List.of("--locale-provider=builtin", BUILTIN_LOCALE + "=C.UTF-8"));
        }
        if (!durable) {
            arguments.add("--no-sync");
        }
        return arguments;
    }

    private void runInitdb(List<String> arguments) throws IOException {
        var output = ServerLog.open(directory);
        var initdb = toolbox.run("initdb", arguments, directory, output);
        if (!Poll.until(() -> !initdb.isAlive(), LIMIT)) {
            initdb.destroyForcibly();
            throw new EmbeddedPostgresException("Creating the cluster took longer than " + LIMIT + "." + output.tail());
        }
        if (initdb.exitValue() != 0) {
            throw new EmbeddedPostgresException("The cluster could not be created: initdb ended with code "
                    + initdb.exitValue() + ". Remove the reason and start again." + output.tail());
        }
    }

    // An initdb whose JVM was killed a moment ago may still be writing; its name is its own, so nothing depends on
    // this.
    private void deleteDrafts() throws IOException {
        try (var drafts = Files.newDirectoryStream(directory.root(), DRAFT + "*")) {
            for (var draft : drafts) {
                if (!Poll.until(() -> FileTrees.tryDelete(draft), DRAFT_LIMIT)) {
                    log.warn("{} is left over from an interrupted start and can be deleted", draft);
                }
            }
        }
    }

    private static String newPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
