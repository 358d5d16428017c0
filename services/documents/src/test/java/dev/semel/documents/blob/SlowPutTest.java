package dev.semel.documents.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.documents.content.BlobController;
import dev.semel.documents.content.ContentHash;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A put that lasts so long that its bytes might be swept is the client's to repeat, and no failure of the server. */
@ExtendWith(PostgresExtension.class)
class SlowPutTest {
    private final BlobFixture fixture;

    SlowPutTest(TestDatabase database, @TempDir Path folder) {
        fixture = new BlobFixture(database, folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void putThatLastsTooLongIsARequestTimeoutAndKeepsNothing() {
        BlobController controller =
                new BlobController(fixture.blobs(), (request, id) -> new Caller(fixture.tenant, "wim", id), 1_000);

        assertThatThrownBy(() -> controller.put(ContentHash.of("hello"), request("hello", Duration.ofHours(13))))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refusal -> assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.REQUEST_TIMEOUT));

        assertThat(fixture.rows()).isEmpty();
        assertThat(fixture.files()).isEmpty();
        assertThat(put(controller, Duration.ofHours(11)).size()).as("in time").isEqualTo(5);
    }

    private BlobController.PutContent put(BlobController controller, Duration lasting) {
        try {
            return controller.put(ContentHash.of("hello"), request("hello", lasting));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the route asks a request for; its body lasts that long. */
    private HttpServletRequest request(String body, Duration lasting) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                SlowPutTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInputStream" -> new Slow(BlobFixture.stream(body), lasting);
                    case "getContentLengthLong" -> -1L;
                    case "getAttribute" -> "req-1";
                    default -> null;
                });
    }

    private final class Slow extends ServletInputStream {
        private final InputStream body;
        private Duration lasting;

        Slow(InputStream body, Duration lasting) {
            this.body = body;
            this.lasting = lasting;
        }

        @Override
        public int read() throws java.io.IOException {
            int read = body.read();
            if (read < 0) {
                fixture.clock.pass(lasting);
                lasting = Duration.ZERO;
            }
            return read;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
