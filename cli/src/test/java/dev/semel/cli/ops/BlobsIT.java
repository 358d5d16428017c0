package dev.semel.cli.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The content of a real server: whole, lost, altered, and whole again. */
class BlobsIT {

    private static final String OTTO = "ACME-OPERATOR";
    private static final String CONTENT = "content ".repeat(4_000);
    private static final RealServer server = RealServer.shared();

    @Test
    void lostAndAlteredContentIsNamedUntilItIsPutAgain() throws Exception {
        String hash = put();
        OpsRun whole = server.ops(OTTO, "blobs", "verify");
        assertThat(whole.code()).as(whole.err()).isZero();
        assertThat(whole.out()).endsWith(" bytes read, 0 damaged.\n").doesNotContain("DAMAGED");

        Files.writeString(file(hash), CONTENT.replace('c', 'C'));
        OpsRun altered = server.ops(OTTO, "blobs", "verify");
        Files.delete(file(hash));
        OpsRun lost = server.ops(OTTO, "blobs", "verify", "--json");

        assertThat(altered.code()).isEqualTo(10);
        assertThat(altered.row("DAMAGED")).isEqualTo("DAMAGED  " + hash + "  32000 bytes, content is not what was put");
        assertThat(altered.err()).contains("semel: BLOBS_DAMAGED: ", "next:  ");
        assertThat(lost.code()).isEqualTo(10);
        assertThat(lost.json().at("/items/0/contentHash").asString()).isEqualTo(hash);
        assertThat(lost.json().at("/items/0/problem").asString()).isEqualTo("content is missing");
        assertThat(server.ops("GLOBEX-ADMIN", "blobs", "verify").code())
                .as("another tenant's is whole")
                .isZero();
        assertThat(server.ops("ACME-READER", "blobs", "verify").code()).isEqualTo(4);

        put();
        assertThat(server.ops(OTTO, "blobs", "verify").code()).isZero();
    }

    /** The hash. */
    private static String put() throws Exception {
        byte[] bytes = CONTENT.getBytes(StandardCharsets.UTF_8);
        String hash = "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        HttpRequest put = HttpRequest.newBuilder(URI.create(server.url() + "/api/blobs/" + hash))
                .header("Authorization", "Bearer ACME-ADMIN")
                .PUT(BodyPublishers.ofByteArray(bytes))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(put, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        return hash;
    }

    private static Path file(String hash) throws Exception {
        String location = server.query(
                "SELECT location FROM semel_documents.blobs WHERE tenant_id = 'acme' AND hash = '" + hash + "'");
        try (Stream<Path> files = Files.walk(server.data().resolve("blobs"))) {
            return files.filter(file -> file.endsWith(location)).findFirst().orElseThrow(IOException::new);
        }
    }
}
