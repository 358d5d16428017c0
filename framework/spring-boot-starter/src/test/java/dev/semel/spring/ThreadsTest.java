package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Write;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A gate on the threads that the application chose. A JDK without virtual threads goes on with its platform threads. */
@ExtendWith({PostgresExtension.class, OutputCaptureExtension.class})
class ThreadsTest {
    private final TestDatabase database;

    ThreadsTest(TestDatabase database) {
        this.database = database;
    }

    @RestController
    static class Named {
        private final JdbcClient jdbc;

        Named(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/tickets")
        @Gate("createTicket")
        TicketShop.Ticket create(Write<TicketShop.NewTicket> write) {
            jdbc.sql("INSERT INTO shop.tickets (tenant_id, id, name) VALUES (?, ?, ?)")
                    .params(write.tenant(), write.resultId(), "tea")
                    .update();
            return new TicketShop.Ticket(
                    write.resultId(), Thread.currentThread().toString().replaceFirst("\\[.*", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stormExecutesOnceOnTheThreadsThatWereChosen(boolean virtual) throws Exception {
        try (TicketShop shop = TicketShop.start(database, Named.class, "spring.threads.virtual.enabled=" + virtual)) {
            Http http = new Http(shop.url());
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 100)
                    .mapToObj(i -> http.sendAsync("POST", "/tickets", "{\"name\":\"tea\"}", keyed("storm")))
                    .toList();

            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                String thread = virtual && Runtime.version().feature() >= 21 ? "VirtualThread" : "Thread";
                assertThat(answer.get(60, TimeUnit.SECONDS).body()).contains("\"name\":\"" + thread + "\"");
            }
            assertThat(database.number("SELECT count(*) FROM shop.tickets")).isEqualTo(1);
        }
    }

    @Test
    void registryIsPrintedAtTheStart(CapturedOutput output) {
        TicketShop.start(database, Named.class, "logging.level.dev.semel.spring=INFO")
                .close();

        assertThat(output)
                .containsPattern(
                        "createTicket +HIGH_RISK key from the client, kept PT48H, events \\[], routes \\[.*/tickets")
                .containsPattern("derivedTicket +STANDARD  key path name,.* routes \\[]");
    }
}
