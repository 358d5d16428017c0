package dev.semel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For each check of handlers a faulty project on which it fails with its code, and the sound twin on which nothing is found. */
class HandlerCheckTest extends VerifierFixture {
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
                "class Sell { Handler<String, String> handler() { return write -> java.util.UUID.randomUUID().toString(); } }",
                "abstract class Base implements Handler<String, String> {}"
                        + " class Sell extends Base { public String handle(Write<String> write) {"
                        + " return java.util.UUID.randomUUID().toString(); } }",
                "interface Own extends Handler<String, String> {}"
                        + " class Sell implements Own { public String handle(Write<String> write) {"
                        + " return java.util.UUID.randomUUID().toString(); } }",
                "class Sell implements dev.semel.BatchHandler<String, String> {"
                        + " public java.util.Map<java.util.UUID, String> handle(java.util.List<Write<String>> writes) {"
                        + " return java.util.Map.of(java.util.UUID.randomUUID(), \"x\"); } }",
                "class Sell { dev.semel.BatchHandler<String, String> handler() {"
                        + " return writes -> java.util.Map.of(java.util.UUID.randomUUID(), \"x\"); } }"
            })
    void handlersWithoutARouteAreHandlers(String handler) throws IOException {
        project.main("Sell", handler);
        assertFound(Code.SEMEL007);
    }

    @Test
    void gateOfAnInterfaceMakesAHandlerOfWhatImplementsIt() throws IOException {
        project.main(
                        "Selling",
                        "interface Selling { @PostMapping(\"/tickets\") @Gate(\"sell\")"
                                + " String sell(@RequestBody String body, Write<String> write); }")
                .main(
                        "Tickets",
                        "@RestController class Tickets implements Selling {"
                                + " public String sell(String body, Write<String> write) {"
                                + " return java.util.UUID.randomUUID().toString(); } }");
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
}
