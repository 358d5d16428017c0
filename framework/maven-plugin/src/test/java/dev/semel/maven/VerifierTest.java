package dev.semel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For each check a faulty project on which it fails with its code, and the sound twin on which nothing is found. */
class VerifierTest {
    private static final String OPERATIONS = """
            public final class Operations {
                static final Operation<String, String> SELL = Operation.financial("sell", String.class, String.class)
                        .emits("ticket.sold").retention(java.time.Duration.ofHours(24)).build();
            }
            """;
    private static final String CONFIGURER = """
            final class Configurer implements SemelConfigurer {
                public void configure(Semel.Builder builder) {
                    builder.register(Operations.SELL).recall(Operations.SELL, (connection, tenant, id) -> null);
                }
            }
            """;
    private static final String TEST = """
            class ContractTest {
                Object tested() { return OperationUnderTest.of(Operations.SELL, source -> null).build("a", "b"); }
            }
            """;
    private static final String TABLE = """
            CREATE TABLE shop.tickets (id uuid, tenant_id text NOT NULL, price numeric(19, 2), PRIMARY KEY (tenant_id, id));
            CREATE TABLE shop.currencies (code text PRIMARY KEY);
            """;

    @TempDir
    Path directory;

    private SmallProject project;

    @BeforeEach
    void soundProject() throws IOException {
        project = new SmallProject(directory)
                .main("Operations", OPERATIONS)
                .main("Configurer", CONFIGURER)
                .main("Tickets", controller("return body;"))
                .test("ContractTest", TEST)
                .migration(TABLE);
    }

    private static String controller(String body) {
        return controller("@Gate(\"sell\")", body);
    }

    private static String controller(String gate, String body) {
        return """
                @RestController @RequestMapping("/tickets")
                class Tickets {
                    @PostMapping %s
                    String sell(@RequestBody String body, Write<String> write) throws Exception { %s }
                    @GetMapping("/{id}")
                    String get(@PathVariable String id) { return java.util.UUID.randomUUID().toString(); }
                }
                """.formatted(gate, body);
    }

    private void assertFound(Code... codes) throws IOException {
        assertThat(project.codes()).containsOnlyKeys(codes);
    }

    @Test
    void soundProjectIsSound() throws IOException {
        assertFound();
    }

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

    private static String route(String annotations) {
        return "@RestController class Refunds { " + annotations + " void refund() {} }";
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

    @Test
    void operationNeedsARouteOrAHandler() throws IOException {
        project.main("Tickets", controller("@Ungated(\"for the test\")", "return body;"));
        assertFound(Code.SEMEL003);
        project.main(
                "Configurer",
                CONFIGURER.replace("register(Operations.SELL)", "handle(Operations.SELL, Write::payload)"));
        assertFound();
    }

    private SmallProject withRefund() throws IOException {
        return project.main(
                        "Refunding",
                        "final class Refunding { static final Operation<String, String> REFUND ="
                                + " Operation.standard(\"refund\", String.class, String.class).build(); }")
                .main("Configurer", configurer("builder.register(Operations.SELL).register(Refunding.REFUND);"))
                .main("Refunds", route("@PostMapping @Gate(\"refund\")"))
                .test(
                        "RefundTest",
                        TEST.replace("ContractTest", "RefundTest").replace("Operations.SELL", "Refunding.REFUND"));
    }

    private static String configurer(String body) {
        return "final class Configurer implements SemelConfigurer { public void configure(Semel.Builder builder) { "
                + body + " } }";
    }

    private void assertOneFoundOfRefund(Code code) throws IOException {
        assertFound(code);
        assertThat(project.verify().violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("operation refund "));
    }

    @Test
    void handlerOfOneOperationIsNoneOfAnother() throws IOException {
        withRefund().main("Refunds", route("@PostMapping @Ungated(\"for the test\")"));
        for (String body : new String[] {
            "builder.handle(Operations.SELL, Write::payload).register(Refunding.REFUND);",
            "Operation<String, String> sell = Operations.SELL;\n"
                    + "builder.register(Refunding.REFUND).handle(sell, write -> body(write))\n;",
        }) {
            project.main("Configurer", configurer(body + " } static String body(Write<String> write) { return null;"));
            assertOneFoundOfRefund(Code.SEMEL003);
        }
        project.main(
                "Configurer",
                configurer(
                        "builder.register(Operations.SELL).handle("
                                + "this == null ? Refunding.REFUND : Operations.SELL, Write::payload).register(Refunding.REFUND);"));
        assertFound();
    }

    @Test
    void registrationOfOneOperationIsNoneOfAnother() throws IOException {
        withRefund()
                .main("Configurer", configurer("builder.register(Operations.SELL); Object other = Refunding.REFUND;"));
        assertOneFoundOfRefund(Code.SEMEL004);
    }

    @Test
    void operationThatATestOnlyMentionsIsNotTried() throws IOException {
        withRefund()
                .test("RefundTest", "class RefundTest {}")
                .test("ContractTest", TEST.replace("{ return", "{ Object other = Refunding.REFUND; return"));
        assertOneFoundOfRefund(Code.SEMEL006);
    }

    @Test
    void constantsThatAClassHandsToItsOwnMethodsCount() throws IOException {
        withRefund().test("RefundTest", "class RefundTest {}").test("ContractTest", """
                class ContractTest {
                    Object sell() { return tested(Operations.SELL); }
                    Object refund() { return tested(Refunding.REFUND); }
                    Object tested(Operation<String, String> one) {
                        return OperationUnderTest.of(one, source -> null).build("a", "b"); }
                }
                """);
        assertFound();
    }

    @Test
    void operationNeedsARegistration() throws IOException {
        project.main("Configurer", "final class Configurer {}");
        assertFound(Code.SEMEL004);
    }

    @Test
    void registrationByMethodReferenceCounts() throws IOException {
        project.main("Configurer", """
                final class Configurer implements SemelConfigurer {
                    public void configure(Semel.Builder builder) {
                        java.util.List.of(Operations.SELL).forEach(builder::register); } }
                """);
        assertFound();
    }

    @Test
    void operationsHaveNamesOfTheirOwn() throws IOException {
        project.main(
                "Operations",
                OPERATIONS
                        .replace("}\n", "")
                        .replace(
                                ".build();",
                                ".build(); static final Operation<String, String> AGAIN = Operation.standard(\"sell\", String.class,"
                                        + " String.class).build(); }"));
        assertFound(Code.SEMEL005);
    }

    @Test
    void operationNeedsAContractTest() throws IOException {
        project.test("ContractTest", "class ContractTest { Object tested() { return Operations.SELL; } }");
        assertFound(Code.SEMEL006);
        project.main(
                "Operations",
                OPERATIONS.replace(
                        "static final",
                        "@Exempt(value = \"SEMEL006\", reason = \"shown by another test\") static final"));
        assertFound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return java.util.UUID.randomUUID().toString();",
                "return \"\" + new java.util.Random().nextInt();",
                "return \"\" + new java.security.SecureRandom().nextInt();",
                "return \"\" + java.util.concurrent.ThreadLocalRandom.current().nextInt();",
                "return \"\" + Math.random();",
                "return java.time.Instant.now().toString();",
                "return \"\" + System.currentTimeMillis();",
                "return new java.util.Date().toString();",
                "java.util.function.Supplier<java.util.UUID> id = java.util.UUID::randomUUID; return id.get().toString();"
            })
    void handlerDrawsNothingAtRandomAndReadsNoClock(String body) throws IOException {
        project.main("Tickets", controller(body));
        assertFound(Code.SEMEL007);
    }

    @Test
    void deterministicIdsAreSound() throws IOException {
        project.main(
                "Tickets",
                controller("return write.resultId() + \" \" + write.derivedId(\"line\")"
                        + " + java.util.UUID.fromString(body) + new java.util.Date(0);"));
        assertFound();
    }

    @Test
    void whatAHandlerCallsIsFollowed() throws IOException {
        project.main("Numbers", "interface Numbers { String next(); }")
                .main(
                        "RandomNumbers",
                        "class RandomNumbers implements Numbers { public String next() {"
                                + " return java.util.stream.Stream.of(1).map(one -> Ids.fresh()).findFirst().get(); } }")
                .main("Ids", "class Ids { static String fresh() { return java.util.UUID.randomUUID().toString(); } }")
                .main("Tickets", controller("Numbers numbers = null; return numbers.next();"));
        assertFound(Code.SEMEL007);
        assertThat(project.verify().violations().get(0)).satisfies(violation -> {
            assertThat(violation.message()).contains("UUID.randomUUID in handler Tickets.sell → RandomNumbers.next → ");
            assertThat(violation.place().type()).isEqualTo("shop.Ids");
        });
        project.main(
                "Ids",
                "class Ids { @Exempt(value = \"SEMEL007\", reason = \"only for a log line\")"
                        + " static String fresh() { return java.util.UUID.randomUUID().toString(); } }");
        assertFound();
    }

    @Test
    void exemptionOfAMethodCoversTheLambdasThatItMakes() throws IOException {
        String ids = """
                class Ids {
                    %s static String fresh() {
                        return java.util.stream.Stream.of(1)
                                .map(one -> java.util.Optional.of(one).map(two -> java.util.UUID.randomUUID()).get())
                                .findFirst().get().toString(); }
                    static String fresh(String why) { return why; }
                }
                """;
        String exempt = "@Exempt(value = \"SEMEL007\", reason = \"only for a log line\")";
        project.main("Ids", ids.formatted(exempt)).main("Tickets", controller("return Ids.fresh();"));
        assertFound();
        project.main(
                "Ids", ids.formatted("").replace("static String fresh(String", exempt + " static String fresh(String"));
        assertFound(Code.SEMEL007);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Sell implements Handler<String, String> { public String handle(Write<String> write) {"
                        + " return java.util.UUID.randomUUID().toString(); } }",
                "class Sell { Handler<String, String> handler() { return write -> java.util.UUID.randomUUID().toString(); } }"
            })
    void handlersWithoutARouteAreHandlers(String handler) throws IOException {
        project.main("Sell", handler);
        assertFound(Code.SEMEL007);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.net.http.HttpClient.newHttpClient().send(null, null); return body;",
                "new org.springframework.web.client.RestTemplate().delete(\"x\"); return body;",
                "org.springframework.web.client.RestClient.create().get(); return body;",
                "new java.net.URL(\"x\").openStream(); return body;",
                "new java.net.Socket(\"x\", 1); return body;",
                "java.nio.file.Files.writeString(java.nio.file.Path.of(\"x\"), body); return body;",
                "new java.io.FileOutputStream(\"x\"); return body;",
                "new ProcessBuilder(\"x\").start(); return body;",
                "new Thread(() -> {}).start(); return body;",
                "java.util.concurrent.Executors.newCachedThreadPool().submit(() -> 1); return body;",
                "java.util.concurrent.CompletableFuture.runAsync(() -> {}); return body;"
            })
    void handlerCallsNothingOutsideOfTheDatabase(String body) throws IOException {
        project.main("Tickets", controller(body));
        assertFound(Code.SEMEL008);
    }

    @Test
    void eventsAreTheWayOut() throws IOException {
        project.main("Tickets", controller("write.emit(\"ticket.sold\", \"t\", body); return body;"));
        assertFound();
    }

    @Test
    void asynchronousMethodIsACallOutToo() throws IOException {
        project.main("Mails", "class Mails { @org.springframework.scheduling.annotation.Async void send() {} }")
                .main("Tickets", controller("new Mails().send(); return body;"));
        assertFound(Code.SEMEL008);
    }

    @Test
    void ownPatternsOfCallsAreAdded() throws IOException {
        project.main("Tickets", controller("return String.valueOf(java.util.Locale.getDefault());"));
        assertFound();
        project.outgoing("java.util.Loc*#getDefault");
        assertFound(Code.SEMEL008);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT price FROM shop.tickets WHERE id = ?",
                "UPDATE shop.tickets SET price = ? WHERE id = ?",
                "DELETE FROM shop.tickets",
                "INSERT INTO shop.tickets (id, price) VALUES (?, ?)",
                "WITH sold AS (SELECT * FROM shop.tickets) SELECT count(*) FROM sold",
                "(SELECT price FROM shop.tickets) UNION ALL (SELECT 1)",
                "MERGE INTO shop.tickets t USING shop.currencies c ON t.id = c.code WHEN MATCHED THEN DELETE"
            })
    void sqlOnATenantsTableNeedsItsTenant(String sql) throws IOException {
        project.main("Tickets", controller("return sql(\"" + sql + "\");").replace("@GetMapping", sqlMethod()));
        assertFound(Code.SEMEL009);
    }

    private static String sqlMethod() {
        return "static String sql(String text) { return text; } @GetMapping";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT price FROM shop.tickets WHERE tenant_id = ? AND id = ?",
                "INSERT INTO shop.tickets (tenant_id, id, price) VALUES (?, ?, ?)",
                "/* all tenants: the nightly count */ SELECT count(*) FROM shop.tickets",
                "SELECT code FROM shop.currencies",
                "(SELECT price FROM shop.tickets WHERE tenant_id = ?) UNION ALL (SELECT 1)",
                "/* all tenants: nightly */ MERGE INTO shop.tickets t USING shop.currencies c ON t.id = c.code"
                        + " WHEN MATCHED THEN DELETE",
                "Merge these tickets into the list of tickets",
                "(Select your tickets)",
                "Select your tickets from the list of tickets",
                "DELETE FROM shop.tickets of course not"
            })
    void otherTextsAreSound(String sql) throws IOException {
        project.main("Tickets", controller("return sql(\"" + sql + "\");").replace("@GetMapping", sqlMethod()));
        assertFound();
    }

    @Test
    void partsOfStatementsAreOutOfReachAndNoFindings() throws IOException {
        project.main("Table", """
                class Table {
                    private static final String START = "SELECT price FROM shop.tickets";
                    private static final String FIND = START + " WHERE tenant_id = ?";
                    String find(String order) { return FIND + order; }
                    String more(StringBuilder to) { return to.append("SELECT price FROM shop.tickets").append(find("")).toString(); }
                    String lines(String order) {
                        return new StringBuilder()
                                .append("SELECT price FROM shop.tickets")
                                .append(order)
                                .toString();
                    }
                }
                """);
        assertFound();
    }

    @Test
    void sqlOfALambdaIsExemptedAtTheMethodThatMakesIt() throws IOException {
        String table = """
                class Table {
                    %s java.util.function.Supplier<String> count() { return () -> "SELECT count(*) FROM shop.tickets"; }
                }
                """;
        project.main("Table", table.formatted(""));
        assertFound(Code.SEMEL009);
        project.main(
                "Table", table.formatted("@Exempt(value = \"SEMEL009\", reason = \"row-level security narrows it\")"));
        assertFound();
    }

    @Test
    void sqlOfAConstantIsExemptedAtTheConstant() throws IOException {
        String table = """
                class Table {
                    %s private static final String COUNT = "SELECT count(*) FROM shop.tickets";
                    String sql() { return COUNT; }
                }
                """;
        project.main("Table", table.formatted(""));
        assertFound(Code.SEMEL009);
        project.main(
                "Table", table.formatted("@Exempt(value = \"SEMEL009\", reason = \"row-level security narrows it\")"));
        assertFound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "write.connection().commit(); return body;",
                "write.connection().setAutoCommit(true); return body;",
                "write.connection().rollback(); return body;",
                "org.springframework.transaction.support.TransactionTemplate own ="
                        + " new org.springframework.transaction.support.TransactionTemplate();"
                        + " own.setPropagationBehaviorName(\"PROPAGATION_REQUIRES_NEW\"); return own.execute(status -> body);"
            })
    void handlerLeavesTheTransactionToTheEngine(String body) throws IOException {
        project.main("Tickets", controller(body));
        assertFound(Code.SEMEL010);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.sql.Savepoint start = write.connection().setSavepoint(); write.connection().rollback(start); return body;",
                "return new org.springframework.transaction.support.TransactionTemplate().execute(status -> body);"
            })
    void savepointsAndJoinedTransactionsAreSound(String body) throws IOException {
        project.main("Tickets", controller(body));
        assertFound();
    }

    @Test
    void annotationOfAMethodTakesThePlaceOfItsClasses() throws IOException {
        String log = """
                @org.springframework.transaction.annotation.Transactional(
                    propagation = org.springframework.transaction.annotation.Propagation.REQUIRES_NEW)
                class Log {
                    %s void add() {}
                }
                """;
        project.main("Log", log.formatted("")).main("Tickets", controller("new Log().add(); return body;"));
        assertThat(project.codes()).isEqualTo(Map.of(Code.SEMEL010, 1L));
        project.main("Log", log.formatted("@org.springframework.transaction.annotation.Transactional"));
        assertFound();
    }

    @ParameterizedTest
    @CsvSource({"REQUIRES_NEW,true", "NOT_SUPPORTED,true", "NEVER,true", "REQUIRED,false", "MANDATORY,false"})
    void transactionOfItsOwnByJakartaIsFound(String type, boolean found) throws IOException {
        project.library("jakarta.transaction.Transactional", """
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                public @interface Transactional {
                    TxType value() default TxType.REQUIRED;
                    enum TxType { REQUIRED, REQUIRES_NEW, MANDATORY, SUPPORTS, NOT_SUPPORTED, NEVER }
                }
                """)
                .main(
                        "Log",
                        "class Log { @jakarta.transaction.Transactional(jakarta.transaction.Transactional.TxType."
                                + type + ") void add() {} }")
                .main("Tickets", controller("new Log().add(); return body;"));
        assertThat(project.codes()).isEqualTo(found ? Map.of(Code.SEMEL010, 1L) : Map.of());
    }

    @Test
    void transactionOfItsOwnInAHandlerIsFound() throws IOException {
        String log = """
                class Log {
                    @org.springframework.transaction.annotation.Transactional(
                        propagation = org.springframework.transaction.annotation.Propagation.%s)
                    void add() {}
                }
                """;
        project.main("Log", log.formatted("REQUIRES_NEW")).main("Tickets", controller("new Log().add(); return body;"));
        assertFound(Code.SEMEL010);
        project.main("Log", log.formatted("MANDATORY"));
        assertFound();
    }

    @Test
    void exemptionNeedsAReasonAndACode() throws IOException {
        project.main("Refunds", route("@PostMapping @Ungated(\" \")"));
        assertFound(Code.SEMEL011);
        project.main("Refunds", "class Refunds { @Exempt(value = \"SEMEL007\", reason = \"\") void refund() {} }");
        assertFound(Code.SEMEL011);
        project.main(
                "Refunds", "class Refunds { @Exempt(value = \"SEMEL099\", reason = \"because\") void refund() {} }");
        assertFound(Code.SEMEL011);
    }

    @Test
    void manifestNamesWhatReviewsNeedAndEveryChangeIsAFinding() throws IOException {
        Report report = project.verify();
        assertThat(report.manifest()).isEqualTo("""
                {
                  "operations" : [ {
                    "name" : "sell",
                    "risk" : "FINANCIAL",
                    "payload" : "java.lang.String",
                    "result" : "java.lang.String",
                    "resultVersion" : 1,
                    "key" : "client",
                    "retention" : "PT24H",
                    "rememberRejections" : false,
                    "events" : [ "ticket.sold" ],
                    "workflow" : null,
                    "routes" : [ "POST /tickets" ]
                  } ]
                }
                """);
        assertThat(compared(report, report.manifest())).isEmpty();
        assertThat(compared(report, "")).containsOnlyKeys(Code.SEMEL012);
        assertThat(compared(report, report.manifest().replace("PT24H", "PT48H")))
                .containsOnlyKeys(Code.SEMEL012);
        assertThat(report.comparedWith(new Report.Reviewed("semel-operations.json", "{}"))
                        .text())
                .contains("SEMEL012", "-Dsemel.manifest.update", "1 violation of the write contract");
    }

    private static Map<Code, Violation> compared(Report report, String reviewed) {
        return report.comparedWith(new Report.Reviewed("semel-operations.json", reviewed)).violations().stream()
                .collect(java.util.stream.Collectors.toMap(Violation::code, violation -> violation));
    }

    @Test
    void reportsNameCodeAndLine() throws IOException {
        project.main("Refunds", route("@PostMapping(\"/refunds\")"));
        Report report = project.verify();
        assertThat(report.text()).contains("SEMEL001 shop.Refunds.refund (Refunds.java:6)");
        assertThat(report.json())
                .contains("\"code\" : \"SEMEL001\"", "\"line\" : 6", "\"file\" : \"src/shop/Refunds.java\"");
        assertThat(report.sarif())
                .contains(
                        "\"version\" : \"2.1.0\"",
                        "\"ruleId\" : \"SEMEL001\"",
                        "\"startLine\" : 6",
                        "\"uri\" : \"src/shop/");
    }
}
