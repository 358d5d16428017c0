package dev.semel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sound project, exemptions, the manifest and the reports. */
class VerifierTest extends VerifierFixture {
    @Test
    void soundProjectIsSound() throws IOException {
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

    @Test
    void manifestSaysWhichOperationsAreCoalescedAndHowTheyRefuse() throws IOException {
        assertThat(project.verify().manifest()).doesNotContain("coalesced", "rejections");
        project.main("Refunds", """
                class Refunds {
                    static final Operation<String, String> REFUND =
                            Operation.standard("refund", String.class, String.class)
                                    .rejects(dev.semel.RejectedException.Reason.RULE, "TOO_LATE", "NOT_PAID")
                                    .rejects(dev.semel.RejectedException.Reason.CONFLICT, "REFUNDED")
                                    .coalesced()
                                    .build();
                }
                """);

        assertThat(project.verify().manifest())
                .containsOnlyOnce("\"coalesced\" : true")
                .containsOnlyOnce("\"rejections\" : [ \"NOT_PAID\", \"REFUNDED\", \"TOO_LATE\" ]");
    }

    private static Map<Code, Violation> compared(Report report, String reviewed) {
        return report.comparedWith(new Report.Reviewed("semel-operations.json", reviewed)).violations().stream()
                .collect(java.util.stream.Collectors.toMap(Violation::code, violation -> violation));
    }

    @Test
    void pathInSarifIsAReference() {
        Place place = new Place("shop.Door", "open", 1, "src/my shop/Tür%1.java");

        assertThat(new Report(List.of(new Violation(Code.SEMEL001, "x", place)), "").sarif())
                .contains("\"uri\" : \"src/my%20shop/T%C3%BCr%251.java\"");
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
