package dev.semel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each code has a faulty project on which it is the one finding, and a sound twin; one that has none does not compile. */
class EachCodeTest extends VerifierFixture {
    private static final String RANDOM_ID =
            "class Ids { %s static String fresh() {" + " return java.util.UUID.randomUUID().toString(); } }";

    /**
     * Two projects that differ in what the code is about.
     *
     * @param file the class that differs
     * @param faulty its text in the one
     * @param sound its text in the other
     */
    private record Twins(String file, String faulty, String sound) {}

    private static Twins twins(Code code) {
        return switch (code) {
            case SEMEL001 ->
                new Twins("Refunds", route("@PostMapping(\"/r\")"), route("@PostMapping(\"/r\") @Ungated(\"reads\")"));
            case SEMEL002 ->
                new Twins(
                        "Refunds",
                        route("@PostMapping(\"/r\") @Gate(\"sold\")"),
                        route("@PostMapping(\"/r\") @Gate(\"sell\")"));
            case SEMEL003 ->
                new Twins(
                        "Tickets",
                        controller("@Ungated(\"for the test\")", "return body;"),
                        controller("@Gate(\"sell\")", "return body;"));
            case SEMEL004 -> new Twins("Configurer", "final class Configurer {}", CONFIGURER);
            case SEMEL005 -> new Twins("More", second("sell"), second("resell"));
            case SEMEL006 -> new Twins("ContractTest", "class ContractTest {}", TEST);
            case SEMEL007 -> inHandler("java.util.UUID.randomUUID().toString()", "write.resultId().toString()");
            case SEMEL008 ->
                inHandler(
                        "String.valueOf(java.nio.file.Files.createFile(java.nio.file.Path.of(body)))",
                        "String.valueOf(java.nio.file.Path.of(body))");
            case SEMEL009 ->
                inHandler(
                        "\"SELECT price FROM shop.tickets WHERE id = ?\"",
                        "\"SELECT price FROM shop.tickets WHERE tenant_id = ? AND id = ?\"");
            case SEMEL010 ->
                new Twins(
                        "Tickets",
                        controller("write.connection().commit(); return body;"),
                        controller("write.connection().setSavepoint(); return body;"));
            case SEMEL011 ->
                new Twins(
                        "Ids",
                        RANDOM_ID.formatted("@Exempt(value = \"SEMEL007\", reason = \"\")"),
                        RANDOM_ID.formatted("@Exempt(value = \"SEMEL007\", reason = \"names a log line\")"));
            case SEMEL012 -> new Twins("Operations", OPERATIONS.replace("ofHours(24)", "ofHours(48)"), OPERATIONS);
        };
    }

    private static Twins inHandler(String faulty, String sound) {
        return new Twins("Tickets", controller("return " + faulty + ";"), controller("return " + sound + ";"));
    }

    /** Another operation, with its handler. */
    private static String second(String name) {
        return """
                final class More implements SemelConfigurer {
                    @Exempt(value = "SEMEL006", reason = "about names only")
                    static final Operation<String, String> MORE = Operation.standard("%s", String.class, String.class).build();
                    public void configure(Semel.Builder builder) { builder.handle(MORE, Write::payload); }
                }
                """.formatted(name);
    }

    @ParameterizedTest
    @EnumSource
    void faultyProjectHasTheCodeAndItsSoundTwinHasNone(Code code) throws IOException {
        Twins twins = twins(code);
        String reviewed = project.verify().manifest();

        put(twins.file(), twins.faulty());
        assertThat(found(code, reviewed)).isNotEmpty().allSatisfy(violation -> {
            assertThat(violation.code()).isEqualTo(code);
            assertThat(violation.message()).as("says what to do").hasSizeGreaterThan(30);
        });

        put(twins.file(), twins.sound());
        assertThat(found(code, reviewed)).isEmpty();
    }

    private void put(String file, String text) throws IOException {
        if (file.endsWith("Test")) {
            project.test(file, text);
        } else {
            project.main(file, text);
        }
    }

    private Iterable<Violation> found(Code code, String reviewed) throws IOException {
        Report report = project.verify();
        String manifest = code == Code.SEMEL012 ? reviewed : report.manifest();
        return report.comparedWith(new Report.Reviewed("semel-operations.json", manifest))
                .violations();
    }
}
