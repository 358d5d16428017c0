package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Operation;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Who calls, where a setting says it. */
@ExtendWith({PostgresExtension.class, OutputCaptureExtension.class})
class CallerSettingsTest {
    private static final Operation<String, String> NOTE =
            Operation.standard("note", String.class, String.class).build();

    private final TestDatabase database;
    private ConfigurableApplicationContext context;

    CallerSettingsTest(TestDatabase database) {
        this.database = database;
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Notes {
        /** Answers who has written. */
        @Bean
        static GatedRoute<String, String> notes() {
            return GatedRoute.post("/notes", NOTE)
                    .handle(write ->
                            write.caller().tenant() + " " + write.caller().user());
        }

        /** Stands for the application's security, and for a client that is elsewhere. */
        @Bean
        static Filter security() {
            return (request, response, chain) -> chain.doFilter(new Claimed((HttpServletRequest) request), response);
        }
    }

    private static final class Claimed extends HttpServletRequestWrapper {
        Claimed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            String user = getHeader("X-User");
            String company = getHeader("X-Company");
            return user == null ? null : company == null ? () -> user : new Token(company, user);
        }

        @Override
        public String getRemoteAddr() {
            String address = getHeader("X-Address");
            return address == null ? super.getRemoteAddr() : address;
        }
    }

    private void start(List<Class<?>> sources, String... settings) {
        context = new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=WARN",
                        "semel.migrate=false",
                        "semel.relay.enabled=false",
                        "semel.maintenance.enabled=false")
                .properties(settings)
                .initializers(
                        application -> application.getBeanFactory().registerSingleton("dataSource", database.pool(2)))
                .run();
    }

    private HttpResponse<String> write(UnaryOperator<HttpRequest.Builder> more) {
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        return new Http("http://127.0.0.1:" + port)
                .send(
                        "POST",
                        "/notes",
                        "\"tea\"",
                        request ->
                                more.apply(keyed(UUID.randomUUID().toString()).apply(request)));
    }

    private void assertCaller(HttpResponse<String> answer, String caller) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("\"" + caller + "\"");
    }

    @Test
    void developerNeedsNoCredentialAndTheStartWarns(CapturedOutput output) {
        start(List.of(Notes.class), "semel.caller.development=acme:alice");

        assertCaller(write(request -> request), "acme alice");
        assertThat(output)
                .contains("WARN")
                .contains("requests from this machine without a credential are acme:alice's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "localhost.example", "127.0.0.1.example", ""})
    void developerIsOnThisMachine(String address) {
        start(List.of(Notes.class), "semel.caller.development=acme:alice");

        assertThat(write(request -> request.header("X-Address", address)).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"})
    void whoComesThroughAProxyOnThisMachineIsNotTheDeveloper(String header) {
        start(List.of(Notes.class), "semel.caller.development=acme:alice");

        assertThat(write(request -> request.header(header, "10.0.0.7")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoIsAuthenticatedAsSomebodyElseIsNotTheDeveloper() {
        start(List.of(Notes.class), "semel.caller.development=acme:alice");

        assertThat(write(request -> request.header("X-User", "bob")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void principalIsAUserOfTheOneTenantAndNobodyElseIsLetIn() {
        start(List.of(Notes.class), "semel.caller.tenant=acme");

        assertCaller(write(request -> request.header("X-User", "bob")), "acme bob");
        assertThat(write(request -> request).statusCode()).isEqualTo(401);
        assertThat(write(request -> request.header("X-User", "b".repeat(256))).statusCode())
                .isEqualTo(401);
    }

    @Test
    void bothSettingsHoldSideBySide() {
        start(List.of(Notes.class), "semel.caller.tenant=globex", "semel.caller.development=acme:alice");

        assertCaller(write(request -> request.header("X-User", "bob")), "globex bob");
        assertCaller(write(request -> request), "acme alice");
    }

    @Test
    void applicationsOwnResolverTakesNoNotice() {
        start(List.of(Notes.class, TokenCallers.class), "semel.caller.development=acme:alice");

        assertCaller(write(request -> request.header("X-User", "bob").header("X-Company", "globex")), "globex bob");
        assertThat(write(request -> request).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "production", "PROD", "eu,Production"})
    void productionRefusesADeveloper(String profile) {
        assertThatThrownBy(() -> start(
                        List.of(Notes.class),
                        "semel.caller.development=acme:alice",
                        "spring.profiles.active=" + profile))
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("semel.caller.development")
                .hasMessageContaining("a production profile refuses it");
    }

    @ParameterizedTest
    @CsvSource({
        "semel.caller.development=acme, semel.caller.development must be tenant:user",
        "semel.caller.development=:alice, semel.caller.development must be tenant:user",
        "semel.caller.development=acme:, semel.caller.development must be tenant:user",
        "semel.caller.tenant=no tenant, semel.caller.tenant must be a tenant"
    })
    void malformedSettingStopsTheStart(String setting, String message) {
        assertThatThrownBy(() -> start(List.of(Notes.class), setting))
                .hasStackTraceContaining("InvalidSettingException")
                .hasStackTraceContaining(message);
    }
}
