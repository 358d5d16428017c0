package dev.semel.cli.ops;

import static dev.semel.cli.ops.ScriptedServer.json;
import static dev.semel.cli.ops.ScriptedServer.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Verifying content from page to page. */
@Timeout(60)
class BlobsVerifyTest {
    private static final String DAMAGED =
            "{\"contentHash\":\"sha256:ab\",\"size\":7,\"problem\":\"content is missing\"}";

    private static OpsRun run(ScriptedServer server, String... options) {
        String[] command = new String[options.length + 4];
        System.arraycopy(new String[] {"blobs", "verify", "--patience", "0"}, 0, command, 0, 4);
        System.arraycopy(options, 0, command, 4, options.length);
        return OpsRun.of(Map.of("SEMEL_TOKEN", "SECRET", "SEMEL_URL", server.url()), command);
    }

    private static String page(int read, String items, String next) {
        return json(
                200,
                "{\"read\":%d,\"bytes\":%d,\"items\":[%s],\"nextCursor\":%s}".formatted(read, read * 10, items, next));
    }

    @Test
    void pagesAreFollowedToTheirEndAndSummedUp() throws Exception {
        try (ScriptedServer server = new ScriptedServer(page(500, "", "\"one\""), page(3, "", "null"))) {
            OpsRun run = run(server);

            assertThat(run.code()).isZero();
            assertThat(run.out()).isEqualTo("503 blobs of 5030 bytes read, 0 damaged.\n");
            assertThat(server.requests().get(1)).contains("cursor=one");
        }
    }

    @Test
    void damageIsADifference() throws Exception {
        try (ScriptedServer server = new ScriptedServer(page(1, DAMAGED, "\"one\""), page(1, "", "null"))) {
            OpsRun run = run(server);

            assertThat(run.code()).isEqualTo(10);
            assertThat(run.row("DAMAGED")).isEqualTo("DAMAGED  sha256:ab  7 bytes, content is missing");
            assertThat(run.out()).endsWith("2 blobs of 20 bytes read, 1 damaged.\n");
            assertThat(run.err())
                    .contains("semel: BLOBS_DAMAGED: The content of 1 blob is missing or altered.", "next:  ");
        }
        try (ScriptedServer server = new ScriptedServer(page(1, DAMAGED, "null"))) {
            OpsRun run = run(server, "--json");

            assertThat(run.code()).isEqualTo(10);
            assertThat(run.json().path("intact").asBoolean(true)).isFalse();
            assertThat(run.json().path("damaged").asLong()).isEqualTo(1);
            assertThat(run.json().at("/items/0/contentHash").asString()).isEqualTo("sha256:ab");
        }
    }

    @Test
    void whatWasReadIsNotReadAgainAfterAFailure() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(page(500, DAMAGED, "\"one\""), problem(503, "UNAVAILABLE"), page(1, "", "null"))) {
            OpsRun cut = run(server);

            assertThat(cut.code()).isEqualTo(8);
            assertThat(cut.err())
                    .contains("500 blobs of 5000 bytes read, 1 damaged.")
                    .contains("next:  semel ops blobs verify --patience 0 --after one");
            assertThat(run(server, "--after", "one").code()).isZero();
            assertThat(server.requests().get(2)).contains("cursor=one");
        }
    }

    @Test
    void circlesEnd() throws Exception {
        try (ScriptedServer server = new ScriptedServer(page(1, "", "\"one\""))) {
            OpsRun run = run(server);

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("UNEXPECTED_ANSWER");
        }
    }
}
