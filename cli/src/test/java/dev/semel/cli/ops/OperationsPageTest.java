package dev.semel.cli.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.semel.cli.ExitStatus;
import dev.semel.cli.Semel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/operations.md names the commands that there are, and no others. */
class OperationsPageTest {

    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`)\\./semel (ops [^`#>\\n]*)");

    private final CommandLine semel = Semel.commandLine(Map.of());
    private final String page = page();

    @Test
    void everyCommandOnThePageIsUnderstood() {
        List<String> commands = commands();

        assertThat(commands).hasSizeGreaterThan(15);
        for (String command : commands) {
            assertThatCode(() -> semel.parseArgs(command.strip().split(" +")))
                    .as(command)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyCommandOfTheProgramIsOnThePage() {
        CommandLine ops = semel.getSubcommands().get("ops");

        assertThat(leaves(ops))
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(commands())
                        .as(name)
                        .anyMatch(command -> (command + " ").startsWith(name.replaceFirst("semel ", "") + " ")));
    }

    @Test
    void everyExitCodeIsOnThePage() {
        assertThat(ExitStatus.values()).allSatisfy(status -> assertThat(page).contains("\n| " + status.code() + " | "));
    }

    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        for (Matcher found = COMMAND.matcher(page); found.find(); ) {
            commands.add(found.group(1).strip());
        }
        return commands;
    }

    private static List<String> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? List.of(command.getCommandSpec().qualifiedName())
                : command.getSubcommands().values().stream()
                        .flatMap(sub -> leaves(sub).stream())
                        .toList();
    }

    private static String page() {
        try {
            return Files.readString(Path.of(System.getProperty("semel.docs"), "operations.md"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
