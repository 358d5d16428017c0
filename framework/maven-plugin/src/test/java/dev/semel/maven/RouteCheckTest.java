package dev.semel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For each check of routes a faulty project on which it fails with its code, and the sound twin on which nothing is found. */
class RouteCheckTest extends VerifierFixture {
    @Test
    void mutatingRouteNeedsAGateOrAReason() throws IOException {
        project.main("Refunds", route("@DeleteMapping(\"/refunds\")"));
        assertFound(Code.SEMEL001);
        assertThat(project.verify().violations().get(0)).satisfies(violation -> {
            assertThat(violation.message()).contains("DELETE /refunds", "@Gate", "@Ungated");
            assertThat(violation.place()).hasToString("shop.Refunds.refund (Refunds.java:6)");
            assertThat(violation.place().file()).isEqualTo("src/shop/Refunds.java");
        });
        project.main("Refunds", route("@DeleteMapping(\"/refunds\") @Ungated(\"deletes what is gone already\")"));
        assertFound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@PostMapping",
                "@PutMapping",
                "@PatchMapping",
                "@RequestMapping",
                "@RequestMapping(method = {RequestMethod.GET, RequestMethod.POST})",
                "@Booking"
            })
    void everySpellingOfAMutatingRouteIsSeen(String mapping) throws IOException {
        project.main("Booking", """
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                @RequestMapping(path = "/booking", method = RequestMethod.POST) @interface Booking {}
                """).main("Refunds", route(mapping));
        assertFound(Code.SEMEL001);
    }

    @Test
    void functionalRouteHasNoGate() throws IOException {
        String routes = """
                class Routes { Object routes() {
                    return org.springframework.web.servlet.function.RouterFunctions.route().%s("/x", request -> null).build(); } }
                """;
        project.main("Routes", routes.formatted("POST"));
        assertFound(Code.SEMEL001);
        project.main("Routes", routes.formatted("GET"));
        assertFound();
    }

    private static String gatedRoute(String handler) {
        return """
                class Routes {
                    GatedRoute<String, String> sell(String place) {
                        return GatedRoute.put("/sold/{id}", Operations.SELL).handle(%s);
                    }
                    GatedRoute<String, String> elsewhere(String place) {
                        return GatedRoute.post("/sold/" + place, Operations.SELL).handle(write -> write.payload());
                    }
                }
                """.formatted(handler);
    }

    @Test
    void routeWithoutAControllerHasItsGateItsOperationAndItsLineInTheManifest() throws IOException {
        project.main("Tickets", gatedRoute("write -> write.payload()")).main("Configurer", "class Configurer { }");

        Report report = project.verify();

        assertThat(report.violations()).isEmpty();
        assertThat(report.manifest()).contains("\"routes\" : [ \"POST …\", \"PUT /sold/{id}\" ]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "write -> java.util.UUID.randomUUID().toString()",
                "(write, variables) -> java.util.UUID.randomUUID().toString()"
            })
    void handlerOfARouteWithoutAControllerIsAHandler(String handler) throws IOException {
        project.main("Tickets", gatedRoute(handler));
        assertFound(Code.SEMEL007);
    }

    @Test
    void mappingOfAnInterfaceIsGatedByItsImplementation() throws IOException {
        project.main("RefundApi", "interface RefundApi { @PostMapping(\"/refunds\") String refund(String body); }")
                .main(
                        "Refunds",
                        "class Refunds implements RefundApi { public String refund(String body) { return body; } }");
        assertFound(Code.SEMEL001);
        project.main(
                "Refunds",
                "class Refunds implements RefundApi { @Gate(\"sell\") public String refund(String body)"
                        + " { return body; } }");
        assertFound();
    }

    @Test
    void eachImplementationOfAMappedInterfaceHasItsGate() throws IOException {
        String gated = "class GatedRefunds implements RefundApi { @Gate(\"sell\") public String refund(String body)"
                + " { return body; } }";
        project.main("RefundApi", "interface RefundApi { @PostMapping(\"/refunds\") String refund(String body); }")
                .main("GatedRefunds", gated)
                .main(
                        "Refunds",
                        "class Refunds implements RefundApi { public String refund(String body) { return body; } }");
        assertFound(Code.SEMEL001);
        assertThat(project.verify().violations().get(0).place().type()).isEqualTo("shop.Refunds");
        project.main("Refunds", "class Refunds extends GatedRefunds {}");
        assertFound();
        assertThat(project.verify().manifest()).contains("\"routes\" : [ \"POST /refunds\", \"POST /tickets\" ]");
    }

    @Test
    void gateNamesAnOperation() throws IOException {
        project.main("Refunds", route("@PostMapping @Gate(\"refund\")"));
        assertFound(Code.SEMEL002);
    }
}
