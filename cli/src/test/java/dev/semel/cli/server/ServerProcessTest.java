package dev.semel.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.cli.CliException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerProcessTest {

    @TempDir
    Path folder;

    private ServerProcess server;

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aKilledServerComesBackAtANewAddress() throws Exception {
        server = server("data", Duration.ofSeconds(30));
        server.start();
        URI first = server.address();
        assertThat(new HealthProbe().isUp(first)).isTrue();

        server.killAndRestart();

        assertThat(new HealthProbe().isUp(first)).isFalse();
        assertThat(new HealthProbe().isUp(server.address())).isTrue();
    }

    @Test
    void aStoppedServerIsGoneAndStaysGone() throws Exception {
        server = server("data", Duration.ofSeconds(30));
        server.start();

        server.stop();

        server.awaitEnd();
        assertThat(new HealthProbe().isUp(server.address())).isFalse();
        assertThatThrownBy(server::start).isInstanceOf(CliException.class);
    }

    @Test
    void aServerThatEndsEarlyIsReportedWithTheEndOfItsLog() throws Exception {
        server = server("broken", Duration.ofSeconds(30));

        assertThatThrownBy(server::start)
                .isInstanceOf(CliException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("Cannot open the data folder");
    }

    @Test
    void aServerThatIsNeverReadyIsGivenUp() throws Exception {
        server = server("hanging", Duration.ofSeconds(2));

        assertThatThrownBy(server::start)
                .isInstanceOf(CliException.class)
                .hasMessageContaining("not ready after 2 s")
                .hasMessageContaining("token demo:owner:admin:secret");
    }

    private ServerProcess server(String data, Duration startLimit) throws Exception {
        Map<String, String> environment = Map.of("SEMEL_BOOTSTRAP_TOKENS", "demo:owner:admin:secret");
        return new ServerProcess(
                new ServerLaunch(
                        new ServerJar(FakeServer.jarIn(folder), Optional.empty()),
                        folder.resolve(data),
                        0,
                        environment,
                        folder.resolve("server.log")),
                startLimit);
    }
}
