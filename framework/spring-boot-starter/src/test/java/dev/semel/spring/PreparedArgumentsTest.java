package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static dev.semel.spring.Http.unkeyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.TicketShop.NewTicket;
import dev.semel.spring.TicketShop.Ticket;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.core.MethodParameter;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What an application makes of a payload before its write, and what becomes of answers that fail on their way. */
@ExtendWith(PostgresExtension.class)
class PreparedArgumentsTest {
    private final TicketShop shop;
    private final Http http;

    PreparedArgumentsTest(TestDatabase database) {
        this.shop = TicketShop.start(database, Preparing.class);
        this.http = new Http(shop.url());
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    /** What a resolver has made. */
    record Prepared(String name, boolean insideATransaction) {}

    @RestController
    static class Preparing implements WebMvcConfigurer, HandlerMethodArgumentResolver {
        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(this);
        }

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Prepared.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                ModelAndViewContainer container,
                NativeWebRequest request,
                WebDataBinderFactory binders) {
            NewTicket payload =
                    CurrentRequest.payload(request.getNativeRequest(HttpServletRequest.class), NewTicket.class);
            if (payload.name().equals("wine")) {
                throw RejectedException.rule("NO_WINE", "There is no wine, and nobody has declared it.");
            }
            if (payload.name().equals("beer")) {
                throw RejectedException.rule("NO_BEER", "There is no beer.");
            }
            return new Prepared(payload.name(), TransactionSynchronizationManager.isActualTransactionActive());
        }

        @PostMapping("/prepared")
        @Gate("createTicket")
        Ticket create(@RequestBody NewTicket body, Prepared prepared, Write<NewTicket> write) {
            return new Ticket(
                    write.resultId(), prepared + " " + TransactionSynchronizationManager.isActualTransactionActive());
        }

        @GetMapping("/prepared")
        String read(Prepared prepared) {
            return prepared.toString();
        }

        @GetMapping("/half")
        void half(HttpServletResponse response) throws IOException {
            response.setContentLength(100);
            response.getOutputStream().write(new byte[50]);
            response.flushBuffer();
            throw new IllegalStateException("the other half is lost");
        }
    }

    @Test
    void resolverIsGivenThePayloadBeforeTheTransactionBegins() {
        assertThat(http.send("POST", "/prepared", "{\"name\":\"tea\"}", keyed("k"))
                        .body())
                .contains("Prepared[name=tea, insideATransaction=false] true");
    }

    @Test
    void whatAResolverRefusesIsDeclaredToo() {
        assertThat(http.send("POST", "/prepared", "{\"name\":\"beer\"}", keyed("beer"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(http.send("POST", "/prepared", "{\"name\":\"wine\"}", keyed("wine"))
                        .statusCode())
                .isEqualTo(500);
    }

    @Test
    void requestWithoutGateHasNoPayload() {
        assertThat(http.send("GET", "/prepared", null, unkeyed()).statusCode()).isEqualTo(500);
    }

    @Test
    void answerThatFailsOnItsWayBreaksTheConnection() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> http.send("GET", "/half", null, unkeyed()))
                .satisfies(failure -> assertThat(failure.getCause()).isNotInstanceOf(HttpTimeoutException.class));
    }
}
