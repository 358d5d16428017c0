package dev.semel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command as its user typed it. Immutable.
 *
 * @param name as in {@code semel ops outbox list}
 * @param arguments all of them, without the program's name
 */
public record CommandText(String name, List<String> arguments) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /** Copies the list. */
    public CommandText {
        arguments = List.copyOf(arguments);
    }

    /** The command that is executed. */
    public static CommandText of(CommandSpec running) {
        return new CommandText(
                running.qualifiedName(),
                running.root().commandLine().getParseResult().originalArgs());
    }

    /** The command with an option added, unless it has that option already. */
    public CommandText with(String option, String value) {
        if (arguments.stream().anyMatch(one -> one.equals(option) || one.startsWith(option + "="))) {
            return this;
        }
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(option, value));
        return new CommandText(name, all);
    }

    /** The command with a switch added, unless it has it already. */
    public CommandText with(String option) {
        List<String> all = new ArrayList<>(arguments);
        if (!all.contains(option)) {
            all.add(option);
        }
        return new CommandText(name, all);
    }

    /** The command that explains this one. */
    public String help() {
        return name + " --help";
    }

    /** To be pasted into a shell. */
    @Override
    public String toString() {
        return "semel " + arguments.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        String printable = Printable.text(argument);
        return PLAIN.matcher(printable).matches() ? printable : "'" + printable.replace("'", "'\\''") + "'";
    }
}
