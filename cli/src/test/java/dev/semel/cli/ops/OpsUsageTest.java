package dev.semel.cli.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any server is asked. */
class OpsUsageTest {

    private static final String EVENT = "01234567-89ab-cdef-0123-456789abcdef";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "writes --bogus                       | Unknown option: '--bogus'",
                "writes --limit 0                     | --limit must be 1 to 100000.",
                "writes --limit x                     | Invalid value for option '--limit'",
                "writes --patience -1                 | --patience must be 0 to 3600.",
                "writes --url ftp://x                 | must be like http://localhost:8080",
                "writes --url http://me:secret@x      | must be like http://localhost:8080",
                "writes --url http://x/?a=b           | must be like http://localhost:8080",
                "trace                                | Missing required parameter: 'REQUEST_ID'",
                "trace ../tokens                      | A request id has 1 to 128",
                "trace ..                             | A request id has 1 to 128",
                "outbox replay                        | Give an ID, or --all-parked",
                "outbox replay x                      | An ID is EVENT:SINK or EVENT",
                "outbox replay --sink gone            | Give an ID, or --all-parked",
                "outbox replay --all-parked " + EVENT + " | Give an ID, or --all-parked",
                "outbox discard x --yes               | An ID is EVENT:SINK or EVENT",
                "outbox discard " + EVENT + "         | There is nobody to ask"
            })
    void wrongUseIsOneSentenceAndTheNextCommand(String arguments, String sentence) {
        OpsRun run = OpsRun.of(Map.of("SEMEL_TOKEN", "SECRET-TOKEN"), arguments.split(" "));

        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).startsWith("semel: USAGE: ").contains(sentence, "\nnext:  semel ops");
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err()).doesNotContain("secret");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        OpsRun run = OpsRun.of(Map.of("SEMEL_TOKEN", "t"), "outbox", "replay", EVENT, "--key", "a b");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--key must be 1 to 255 visible ASCII characters.");
    }

    @Test
    void whatCannotBeTakenBackSaysHowToConfirmIt() {
        OpsRun run = OpsRun.of(Map.of(), "outbox", "discard", EVENT);

        assertThat(run.err()).contains("next:  semel ops outbox discard " + EVENT + " --yes\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "outbox"})
    void aGroupWithoutACommandShowsItsCommands(String group) {
        OpsRun run = group.isEmpty() ? OpsRun.of(Map.of()) : OpsRun.of(Map.of(), group);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(group.isEmpty() ? "writes" : "discard");
    }

    @Test
    void withoutATokenNobodyIsAskedAndTheWayIsShown() {
        OpsRun run = OpsRun.of(Map.of(), "--data", folder.toString(), "writes");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).startsWith("semel: NOT_LOGGED_IN: ").contains("next:  export SEMEL_TOKEN=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-rw----"})
    void aTokenThatOthersCanReadOrChangeIsRefused(String permissions) throws Exception {
        Path file = tokenFile(permissions);

        OpsRun run = OpsRun.of(Map.of(), "--token-file", file.toString(), "writes");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err())
                .startsWith("semel: SECRET_EXPOSED: ")
                .contains("chmod 600 " + file)
                .doesNotContain("FILE-TOKEN");
    }

    @Test
    void theFirstStartsTokenIsForTheServerOnThisMachineOnly() throws Exception {
        Files.move(tokenFile("rw-------"), folder.resolve("admin-token"));
        try (ScriptedServer here = new ScriptedServer(ScriptedServer.json(200, "{\"items\":[]}"))) {
            OpsRun.of(Map.of(), "--data", folder.toString(), "--url", here.url(), "writes");
            assertThat(here.header("Authorization")).containsExactly("Bearer FILE-TOKEN");
        }
        OpsRun elsewhere = OpsRun.of(
                Map.of(), "--data", folder.toString(), "--url", "https://semel.invalid", "--patience", "0", "writes");
        assertThat(elsewhere.err()).startsWith("semel: NOT_LOGGED_IN: ");
    }

    @Test
    void theNamedFileWinsOverTheEnvironment() throws Exception {
        Path file = tokenFile("rw-------");
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.json(200, "{\"items\":[]}"))) {
            OpsRun.of(
                    Map.of("SEMEL_TOKEN", "ENVIRONMENT", "SEMEL_URL", server.url()),
                    "writes",
                    "--token-file",
                    file.toString());
            assertThat(server.header("Authorization")).containsExactly("Bearer FILE-TOKEN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\u001bb", "\u00e4"})
    void aTokenThatIsNoneIsRefusedWithoutBeingShown(String token) {
        OpsRun run = OpsRun.of(Map.of("SEMEL_TOKEN", token), "writes");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).startsWith("semel: TOKEN_UNUSABLE: ").doesNotContain(token);
    }

    @Test
    void theTokenIsNeverAnArgument() {
        OpsRun help = OpsRun.of(Map.of(), "writes", "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("--token-file").doesNotContainPattern("--token[ =]");
        assertThat(OpsRun.of(Map.of(), "writes", "--token", "x").code()).isEqualTo(2);
    }

    private Path tokenFile(String permissions) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "FILE-TOKEN\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }
}
