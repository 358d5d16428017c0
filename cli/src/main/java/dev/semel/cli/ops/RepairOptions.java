package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import java.io.PrintWriter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What the commands have in common that change something. */
final class RepairOptions {

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The idempotency key of the same command, sent before; else a new one. It happens once for a key.")
    private @Nullable String key;

    /** The key to send, told before it is sent: without it, nobody could ask again. */
    String announcedKey(CommandSpec running) {
        String used = key == null ? UUID.randomUUID().toString() : valid(key, running);
        PrintWriter talk = OpsCommand.talk(running);
        talk.println("Idempotency key: " + used);
        talk.flush();
        return used;
    }

    private static String valid(String key, CommandSpec running) {
        if (!key.matches("[\\x21-\\x7E]{1,255}")) {
            throw CommandFailure.usage(
                    "--key must be 1 to 255 visible ASCII characters.", running.qualifiedName() + " --help");
        }
        return key;
    }
}
