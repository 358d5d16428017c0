package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Operation;
import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Requests that wait at the same moment share a transaction; each handler sees its own request. */
@ExtendWith(PostgresExtension.class)
class CoalescedGateTest {
    private static final Operation<TicketShop.NewTicket, TicketShop.Ticket> SELL = Operation.standard(
                    "sellTicket", TicketShop.NewTicket.class, TicketShop.Ticket.class)
            .rejects(RejectedException.Reason.RULE, "TAKEN")
            .coalesced()
            .build();
    private static final ThreadLocal<String> OWN = new ThreadLocal<>();

    private final TestDatabase database;

    CoalescedGateTest(TestDatabase database) {
        this.database = database;
    }

    @RestController
    static class Sale {
        private final JdbcClient jdbc;
        private final List<String> wrong = new CopyOnWriteArrayList<>();
        private final AtomicInteger carried = new AtomicInteger();

        Sale(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/sold/{place}")
        @Gate("sellTicket")
        TicketShop.Ticket sell(
                @PathVariable String place, @RequestBody TicketShop.NewTicket ticket, Write<TicketShop.NewTicket> write)
                throws Exception {
            String path = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                    .getRequest()
                    .getRequestURI();
            if (!path.equals("/sold/" + place) || !ticket.name().equals("name-" + place)) {
                wrong.add("request " + path + " for " + place);
            }
            if (!write.caller().requestId().equals(MDC.get("reqId"))) {
                wrong.add("log " + MDC.get("reqId") + " for " + write.caller().requestId());
            }
            String own = OWN.get(); // in another request's thread only
            if (own != null) {
                carried.incrementAndGet();
            }
            if (own != null && !own.equals(write.caller().requestId())) {
                wrong.add("decorator " + own);
            }
            jdbc.sql("INSERT INTO shop.tickets (tenant_id, id, name) VALUES (?, ?, ?)")
                    .params(write.tenant(), write.resultId(), ticket.name())
                    .update();
            TimeUnit.MILLISECONDS.sleep(3);
            if (place.endsWith("7")) {
                throw RejectedException.rule("TAKEN", "The place is taken.");
            }
            return new TicketShop.Ticket(write.resultId(), ticket.name());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Registering {
        @Bean
        Sale sale(JdbcClient jdbc) {
            return new Sale(jdbc);
        }

        @Bean
        SemelConfigurer selling() {
            return builder -> builder.register(SELL);
        }

        /** As a security context would be carried. */
        @Bean
        TaskDecorator decorator() {
            return task -> {
                String own = MDC.get("reqId");
                return () -> {
                    OWN.set(own);
                    try {
                        task.run();
                    } finally {
                        OWN.remove();
                    }
                };
            };
        }
    }

    @Test
    void requestsThatWaitTogetherShareATransactionAndEachSeesItsOwnRequest() throws Exception {
        try (TicketShop shop =
                TicketShop.start(database, Registering.class, "semel.coalescing.transactions-per-tenant=1")) {
            ExecutorService clients = Executors.newFixedThreadPool(40);
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            Http http = new Http(shop.url());
            for (int i = 0; i < 120; i++) {
                String place = String.valueOf(i);
                answers.add(clients.submit(() -> http.send(
                        "POST", "/sold/" + place, "{\"name\":\"name-" + place + "\"}", keyed("sold-" + place))));
            }
            int sold = 0;
            for (int i = 0; i < 120; i++) {
                HttpResponse<String> answer = answers.get(i).get(60, TimeUnit.SECONDS);
                boolean taken = i % 10 == 7;
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(taken ? 422 : 201);
                assertThat(answer.body()).contains(taken ? "TAKEN" : "name-" + i);
                sold += taken ? 0 : 1;
            }
            clients.shutdown();

            Sale sale = shop.beans(Sale.class).iterator().next();
            assertThat(sale.wrong).isEmpty();
            assertThat(sale.carried).hasPositiveValue();
            assertThat(database.number("SELECT count(*) FROM shop.tickets")).isEqualTo(sold);
            assertThat(shop.meters()
                            .get("idempotent.writes.coalesced")
                            .summary()
                            .max())
                    .isGreaterThan(1);
            assertThat(MDC.get("reqId")).isNull();
        }
    }

    @Test
    void settingThatCannotBeIsRefusedAtTheStart() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> TicketShop.start(database, Registering.class, "semel.coalescing.batch-size=61")
                                .close()))
                .hasStackTraceContaining("1 to 60 calls");
    }
}
