package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that are together larger than the server's memory. */
class LargeDocumentsIT {
    private static final int SIZE = 100 << 20;
    private static final int AT_ONCE = 3;

    /** The same block again and again, another one for each seed. */
    private static final class Bytes extends InputStream {
        private final byte[] block = new byte[64 * 1024];
        private int position;

        Bytes(int seed) {
            new Random(seed).nextBytes(block);
        }

        @Override
        public int read() {
            return position == SIZE ? -1 : block[position++ % block.length] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int place = position % block.length;
            int count = Math.min(Math.min(length, SIZE - position), block.length - place);
            System.arraycopy(block, place, bytes, offset, count);
            position += count;
            return count == 0 ? -1 : count;
        }
    }

    @Test
    void threeOfAHundredMebibytesComeAndGoAtOnceInAHeapOfTwoHundredAndFiftySix(@TempDir Path folder) throws Exception {
        TestDatabase database = TestDatabase.create();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (ServerProcess server = ServerProcess.start(folder, database, "256m")) {
            Client writer = Client.of(server.url(), "ACME-WRITER");
            List<Callable<String>> documents =
                    List.of(() -> comeAndGo(writer, 1), () -> comeAndGo(writer, 2), () -> comeAndGo(writer, 3));
            for (Future<String> document : threads.invokeAll(documents)) {
                assertThat(document.get()).isNotEmpty();
            }
            assertThat(database.query("SELECT sum(size) FROM semel_documents.document_versions"))
                    .isEqualTo(String.valueOf((long) AT_ONCE * SIZE));
        } finally {
            threads.shutdownNow();
        }
    }

    private static String comeAndGo(Client writer, int seed) throws Exception {
        String hash = hash(new Bytes(seed));
        Answer put = writer.send(
                writer.request("/api/blobs/" + hash).PUT(BodyPublishers.ofInputStream(() -> new Bytes(seed))));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        Answer made = writer.post("/api/documents", "{\"title\":\"Large\",\"contentHash\":\"" + hash + "\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String content = "/api/documents/" + made.json().path("id").asString() + "/content";
        HttpResponse<InputStream> whole =
                writer.http().send(writer.request(content).build(), BodyHandlers.ofInputStream());
        try (InputStream body = whole.body()) {
            assertThat(hash(body)).isEqualTo(hash);
        }
        Answer end = writer.send(writer.request(content).header("Range", "bytes=-10"));
        assertThat(end.header("Content-Range")).endsWith("/" + SIZE);
        return hash;
    }

    private static String hash(InputStream bytes) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[64 * 1024];
        for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }
}
