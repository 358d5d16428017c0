package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a storm of duplicates costs everybody else: nothing. */
@ExtendWith(PostgresExtension.class)
class GateStormTest {
    private static final int STORM = 500;

    private final TestDatabase database;
    private final TicketShop shop;
    private final Http http;

    GateStormTest(TestDatabase database) {
        this.database = database;
        this.shop = TicketShop.start(database);
        this.http = new Http(shop.url());
    }

    @AfterEach
    void stop() {
        shop.tickets().release.countDown();
        shop.close();
    }

    private List<CompletableFuture<HttpResponse<String>>> storm(String name) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < STORM; i++) {
            answers.add(http.sendAsync("POST", "/tickets", "{\"name\":\"" + name + "\"}", keyed("storm")));
        }
        return answers;
    }

    private long medianNanosOfUnrelatedRequests(String prefix) {
        long[] nanos = new long[41];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            assertThat(http.send("POST", "/tickets", "{\"name\":\"other\"}", keyed(prefix + i))
                            .statusCode())
                    .isEqualTo(201);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }

    @Test
    void heldStormTakesOneConnectionAndDoesNotSlowOthers() throws Exception {
        medianNanosOfUnrelatedRequests("warm-up-");
        long idle = medianNanosOfUnrelatedRequests("idle-");
        List<CompletableFuture<HttpResponse<String>>> answers = storm("held");
        assertThat(shop.tickets().entered.await(10, TimeUnit.SECONDS)).isTrue();
        TimeUnit.SECONDS.sleep(1);

        assertThat(shop.pool().getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
        long held = medianNanosOfUnrelatedRequests("held-");
        shop.tickets().release.countDown();

        List<HttpResponse<String>> all = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            all.add(answer.get(30, TimeUnit.SECONDS));
        }
        assertThat(all).extracting(HttpResponse::statusCode).containsOnly(200, 201);
        assertThat(all).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(all).extracting(HttpResponse::body).containsOnly(all.get(0).body());
        assertThat(database.number("SELECT count(*) FROM shop.tickets WHERE name = 'held'"))
                .isEqualTo(1);
        // The promise is a factor of 2; five milliseconds of grace keep a noisy machine from deciding.
        assertThat(Duration.ofNanos(held)).isLessThan(Duration.ofNanos(2 * idle + 5_000_000));
    }

    @Test
    void stormOfRejectedDuplicatesIsRejectedAsAWhole() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = storm("sold out");

        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(422);
        }
        assertThat(database.number("SELECT count(*) FROM shop.tickets")).isZero();
    }
}
