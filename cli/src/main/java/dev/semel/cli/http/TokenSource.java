package dev.semel.cli.http;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.ExitStatus;
import dev.semel.cli.SecretFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the token comes from: the file that was named, the environment, or else what the first start of a server on this
 * machine left in its data folder. Never an argument: those can be read by everybody on the machine.
 *
 * @param file that was named
 * @param environment of this process
 * @param data the data folder of a server on this machine
 */
public record TokenSource(Optional<Path> file, Map<String, String> environment, Path data) {

    /** A command for who has no token. */
    public static final String HOW_TO_LOG_IN = "export SEMEL_TOKEN=...   (or --token-file FILE, of mode 0600)";

    private static final String VARIABLE = "SEMEL_TOKEN";
    private static final String ADMIN_TOKEN = "admin-token";

    /** Copies the environment. */
    public TokenSource {
        environment = Map.copyOf(environment);
    }

    /** @throws CommandFailure if there is no token, or if others can read its file */
    public Token tokenFor(ServerAddress server) {
        if (file.isPresent()) {
            return read(file.get());
        }
        String variable = environment.getOrDefault(VARIABLE, "");
        if (!variable.isBlank()) {
            return Token.of(variable, VARIABLE);
        }
        Path left = data.resolve(ADMIN_TOKEN);
        // It is no other server's business.
        if (server.isThisMachine() && Files.isRegularFile(left)) {
            return read(left);
        }
        throw new CommandFailure(
                ExitStatus.FORBIDDEN,
                "NOT_LOGGED_IN",
                "There is no token: no --token-file, no SEMEL_TOKEN, and no " + left + " for a server on this machine.",
                HOW_TO_LOG_IN);
    }

    private static Token read(Path path) {
        return Token.of(new SecretFile(path).read(), path.toString());
    }
}
