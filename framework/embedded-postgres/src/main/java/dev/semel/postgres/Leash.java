package dev.semel.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Ties a process to the life of this JVM. The JVM holds the writing end of a pipe and never writes; a watchdog reads the
 * other end and interrupts the process when the pipe breaks, which happens also when the JVM is killed. The process and
 * its watchdog live in a session of their own, so that Ctrl-C in the terminal reaches the JVM alone, which can then finish
 * its work before it ends the process.
 *
 * <p>Not a parent-death signal: that exists on Linux only, and is sent when the <em>thread</em> ends that started the process.
 */
final class Leash {
    private static final List<String> SETSID = List.of("setsid");
    private static final List<String> PERL = List.of("perl", "-e", "setpgrp(0, 0); exec {$ARGV[0]} @ARGV");

    private final List<String> session;
    private final String script;

    private Leash(List<String> session, String script) {
        this.session = session;
        this.script = script;
    }

    /** With the first way to a session, or at least a process group, that works here. */
    static Leash forThisMachine() throws IOException {
        var session =
                Stream.of(SETSID, PERL).filter(Leash::keepsPid).findFirst().orElse(List.of());
        return new Leash(session, script());
    }

    /** The command with all that makes it end with this JVM. It runs with the pid of the started process; its standard input is the pipe. */
    List<String> on(List<String> command) {
        var whole = new ArrayList<>(session);
        whole.addAll(List.of("sh", "-c", script, "leash"));
        whole.addAll(command);
        return whole;
    }

    private static boolean keepsPid(List<String> session) {
        var command = new ArrayList<>(List.of("sh", "-c", "echo $$; exec \"$@\"", "sh"));
        command.addAll(session);
        command.addAll(List.of("sh", "-c", "echo $$"));
        return ShortCommand.output(command)
                .filter(pids -> pids.lines().distinct().count() == 1)
                .isPresent();
    }

    private static String script() throws IOException {
        try (var stream = Objects.requireNonNull(Leash.class.getResourceAsStream("leash.sh"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
