package dev.semel.maven;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faulty SQL on which the check fails with its code, and the sound twin on which nothing is found. */
class SqlCheckTest extends VerifierFixture {
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
}
