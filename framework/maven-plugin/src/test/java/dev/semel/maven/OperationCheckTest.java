package dev.semel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** For each check of operations a faulty project on which it fails with its code, and the sound twin on which nothing is found. */
class OperationCheckTest extends VerifierFixture {
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
}
