package dev.semel.testkit.internal.tenancy;

import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;

/** Judges single statements. */
public final class SqlReader {
    private SqlReader() {}

    /** What is wrong with the statement, which is no exempted one; empty if nothing is. */
    public static List<Finding> findings(String statement, TenantTables tables) {
        if (SqlText.isUtility(statement)) {
            return List.of();
        }
        Optional<String> runsText = SqlText.functionThatRunsText(statement);
        if (runsText.isPresent()) {
            return List.of(new Finding(
                    runsText.get(),
                    "send its SQL as a statement of its own: what a function is given as a text is not read"));
        }
        try {
            return findings(statement, CCJSqlParserUtil.parse(SqlText.forParser(statement)), tables);
        } catch (JSQLParserException | RuntimeException e) {
            return List.of(new Finding(
                    "not understood", "write it so that the parser of this check can read it: " + firstLine(e)));
        }
    }

    private static List<Finding> findings(String statement, Statement parsed, TenantTables tables) {
        Analysis analysis = new Analysis(tables);
        Optional<Output> known = analysis.statement(parsed, null);
        if (known.isEmpty()) {
            return List.of(new Finding(
                    parsed.getClass().getSimpleName(),
                    "only SELECT, INSERT, UPDATE and DELETE can be checked; if it means all tenants, say so in a leading"
                            + " comment and run it in the role of maintenance"));
        }
        if (analysis.selects() < SqlText.selects(statement)) {
            return List.of(new Finding(
                    "a sub-select in a place that this check does not look at",
                    "move it into a WITH, or into FROM or WHERE"));
        }
        if (analysis.seen() < tables.occurrences(SqlText.bare(statement))) {
            return List.of(new Finding(
                    "a table in a place that this check does not look at",
                    "name each table in FROM, JOIN or INTO only"));
        }
        return List.copyOf(analysis.findings());
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
