package dev.semel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the verifier writes as SARIF is SARIF, by its published schema, and has what code hosts ask for besides. */
class SarifTest extends VerifierFixture {
    private static final Schema SARIF = schema();

    private static Schema schema() {
        try (InputStream schema = SarifTest.class.getResourceAsStream("/sarif/sarif-2.1.0.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema, InputFormat.JSON);
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static List<Error> errors(String log) {
        return SARIF.validate(
                log, InputFormat.JSON, run -> run.executionConfig(how -> how.formatAssertionsEnabled(true)));
    }

    private static String sarif(Violation... violations) {
        return new Report(List.of(violations), "").sarif();
    }

    @Test
    void reportOfEveryCodeAndOfNoneIsSarif() {
        Place place = new Place("shop.Door", "open", 7, "src/shop/Door.java");
        Violation[] all = Arrays.stream(Code.values())
                .map(code -> new Violation(code, "what is wrong", place))
                .toArray(Violation[]::new);

        assertThat(errors(sarif(all))).isEmpty();
        assertThat(errors(sarif())).isEmpty();
    }

    @Test
    void placeThatIsKnownInPartIsSarif() {
        Stream.of(
                        new Place("shop.Door", "", 0, "src/my shop/Tür%1 [a]{b}.java"),
                        new Place("shop.Door", "lambda$open$0", 0, ""),
                        new Place("semel-operations.json", "", 1, "semel-operations.json"))
                .map(place -> sarif(new Violation(Code.SEMEL001, "\"quoted\"\n\u0000<b>", place)))
                .forEach(log -> assertThat(errors(log)).as(log).isEmpty());
    }

    @Test
    void reportOfARealProjectIsSarif() throws IOException {
        project.main("Refunds", route("@PostMapping(\"/refunds\")"));
        Report report = project.verify().comparedWith(new Report.Reviewed("semel-operations.json", ""));

        assertThat(report.violations()).hasSize(2);
        assertThat(errors(report.sarif())).as(report.sarif()).isEmpty();
    }

    /** Or the tests above would say nothing. */
    @Test
    void schemaFindsWhatIsWrong() {
        String log = sarif(new Violation(Code.SEMEL001, "x", new Place("shop.Door", "", 1, "Door.java")));

        Stream.of(
                        log.replace("\"2.1.0\"", "\"2.0.0\""),
                        log.replace("\"startLine\" : 1", "\"startLine\" : 0"),
                        log.replace("\"Door.java\"", "\"my door.java\""),
                        log.replace("\"level\" : \"error\"", "\"level\" : \"fatal\""),
                        log.replace("\"ruleId\"", "\"rule\""))
                .forEach(wrong -> assertThat(errors(wrong)).as(wrong).isNotEmpty());
    }

    /** As docs/verifier.md says it, so that whoever sees a finding elsewhere needs no other document. */
    @Test
    void ruleSaysWhatWouldHappenAndHowItIsMendedLikeTheGuide() throws IOException {
        String guide = Files.readString(Path.of("../../docs/verifier.md")).replace("`", "");

        for (Code code : Code.values()) {
            assertThat(guide).contains(" | " + code.reason() + " | " + code.remedy() + " |\n");
            assertThat(sarif())
                    .contains("\"text\" : \"" + code.title() + ": " + code.reason() + "\"")
                    .contains("\"text\" : \"" + code.remedy() + "\"");
        }
    }
}
