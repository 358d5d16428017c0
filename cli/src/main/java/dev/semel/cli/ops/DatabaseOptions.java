package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.SecretFile;
import dev.semel.cli.server.ConnectionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which database to log in to, and how. */
final class DatabaseOptions {

    private static final int CONNECT_SECONDS = 5;

    @Option(
            names = "--database-url",
            paramLabel = "JDBC",
            description = {
                "jdbc:postgresql://HOST/DATABASE. Without it, the embedded PostgreSQL in --data, which runs while its"
                        + " server does."
            })
    private @Nullable String url;

    @Option(names = "--database-user", paramLabel = "U", description = "A member of semel_maintenance.")
    private @Nullable String user;

    @Option(
            names = "--database-password-file",
            paramLabel = "FILE",
            description = "Holds the password, refused if others can read it; else SEMEL_DATABASE_PASSWORD.")
    private @Nullable Path passwordFile;

    /** Says which database it is: the one that is meant, or the one that lies nearest. */
    MaintenanceLogin login(OpsCommand ops, CommandSpec running) {
        ops.requireNoServer(running);
        MaintenanceLogin login = chosen(ops, running);
        OpsCommand.talk(running).println("Reading " + login.name() + ".");
        return login;
    }

    private MaintenanceLogin chosen(OpsCommand ops, CommandSpec running) {
        if (url == null && user == null && passwordFile == null) {
            return embedded(ops.data());
        }
        if (url == null || user == null) {
            throw misuse("--database-url and --database-user go together.", running);
        }
        return external(url, user, ops, running);
    }

    private MaintenanceLogin external(String at, String as, OpsCommand ops, CommandSpec running) {
        if (!at.startsWith("jdbc:postgresql:") || at.contains("password=")) {
            throw misuse("--database-url must be like jdbc:postgresql://HOST/DATABASE, without a password.", running);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setURL(at);
        } catch (IllegalArgumentException e) {
            throw misuse("--database-url must be like jdbc:postgresql://HOST/DATABASE.", running);
        }
        source.setUser(as);
        source.setPassword(
                passwordFile != null
                        ? new SecretFile(passwordFile).read()
                        : ops.environment().getOrDefault("SEMEL_DATABASE_PASSWORD", ""));
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setApplicationName("semel-ops");
        String host = source.getServerNames()[0];
        int port = source.getPortNumbers()[0];
        return new MaintenanceLogin(
                source,
                "the database " + source.getDatabaseName() + " at " + host + ":" + port,
                "pg_isready -h " + host + " -p " + port);
    }

    private static MaintenanceLogin embedded(Path data) {
        ConnectionFile file = ConnectionFile.in(data);
        if (!Files.exists(file.file())) {
            throw CommandFailure.usage(
                    "There is no embedded PostgreSQL in " + data + ".",
                    "semel ops audit verify --data DIR   (or --database-url JDBC --database-user U)");
        }
        try {
            return new MaintenanceLogin(
                    file.dataSource(), "the embedded PostgreSQL in " + data, "semel server --data " + data);
        } catch (IOException e) {
            throw CommandFailure.usage("The file " + file.file() + " cannot be used: " + e, "ls -l " + file.file());
        }
    }

    private static CommandFailure misuse(String cause, CommandSpec running) {
        return CommandFailure.usage(cause, running.qualifiedName() + " --help");
    }
}
