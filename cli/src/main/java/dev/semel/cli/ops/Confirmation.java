package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.CommandText;
import dev.semel.cli.ExitStatus;
import dev.semel.cli.Terminal;
import java.io.Console;
import java.io.PrintWriter;

/** Asks before something that cannot be taken back. Where there is nobody to ask, the answer is no. */
record Confirmation(PrintWriter talk, CommandText command) {

    /** @throws CommandFailure unless somebody says yes */
    void require(String question) {
        Console console = Terminal.canAsk() ? System.console() : null;
        if (console == null) {
            throw CommandFailure.usage("There is nobody to ask: \"" + question + "\"", confirmed());
        }
        talk.print(question + " [y/N] ");
        talk.flush();
        String answer = console.readLine();
        if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
            throw new CommandFailure(ExitStatus.ERROR, "NOT_CONFIRMED", "Nothing was done.", confirmed());
        }
    }

    private String confirmed() {
        return command.with("--yes").toString();
    }
}
