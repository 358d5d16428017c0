package dev.semel.testkit;

import dev.semel.testkit.internal.tenancy.SqlReader;
import dev.semel.testkit.internal.tenancy.SqlText;
import dev.semel.testkit.internal.tenancy.TenantTables;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.update.Update;

/**
 * Reads SQL for its tenant conditions without a database: the rules of {@link TenancyCheck}, the tables from the text of the
 * migrations. Immutable.
 */
public final class TenantSql {
    private static final Pattern STATEMENT =
            Pattern.compile("(?i)[\\s(]*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH)\\s.*", Pattern.DOTALL);
    private static final Pattern COMMENTS = Pattern.compile("(?s)--[^\\n]*|/\\*.*?\\*/");
    private static final String NAME = "((?:\"?\\w+\"?\\.)?\"?\\w+\"?)";
    private static final Pattern CREATED = Pattern.compile(
            "(?i)\\bCREATE\\s+(?:UNLOGGED\\s+)?TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?" + NAME + "\\s*\\(");
    private static final Pattern WIDENED = Pattern.compile("(?i)\\bALTER\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?(?:ONLY\\s+)?"
            + NAME + "\\s[^;]*?\\bADD\\s+(?:COLUMN\\s+)?(?:IF\\s+NOT\\s+EXISTS\\s+)?\"?tenant_id\\b");
    private static final Pattern TENANT = Pattern.compile("(?i)[(,]\\s*\"?tenant_id\"?\\s+\\w");

    private final TenantTables tables;
    private final List<Pattern> names;

    private TenantSql(Set<String> tables) {
        this.tables = new TenantTables(tables);
        this.names = tables.stream()
                .map(name -> name.substring(name.indexOf('.') + 1))
                .map(name -> Pattern.compile("(?i)\\b" + Pattern.quote(name) + "\\b"))
                .toList();
    }

    /**
     * Knows the tables that these migrations create with a column {@code tenant_id}. What a migration makes inside of a function or
     * renames is not seen.
     *
     * @param migrations the text of SQL files
     */
    public static TenantSql of(Collection<String> migrations) {
        Set<String> tables = new TreeSet<>();
        for (String migration : migrations) {
            String text = COMMENTS.matcher(migration).replaceAll(" ");
            CREATED.matcher(text)
                    .results()
                    .filter(created -> hasTenant(text, created))
                    .forEach(created -> tables.add(name(created)));
            WIDENED.matcher(text).results().forEach(widened -> tables.add(name(widened)));
        }
        return new TenantSql(tables);
    }

    private static boolean hasTenant(String text, MatchResult created) {
        Matcher tenant = TENANT.matcher(text.substring(created.end() - 1, closing(text, created.end())));
        return tenant.find();
    }

    /** The place behind the bracket that closes the one before {@code start}. */
    private static int closing(String text, int start) {
        int depth = 1;
        int at = start;
        while (at < text.length() && depth > 0) {
            char c = text.charAt(at++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return at;
    }

    private static String name(MatchResult found) {
        String name = found.group(1).replace("\"", "").toLowerCase(Locale.ROOT);
        return name.contains(".") ? name : "public." + name;
    }

    /** The tenants' tables, each with its schema. */
    public Set<String> tables() {
        return tables.names();
    }

    /**
     * What is wrong with a text that may be SQL: one sentence for each table without its tenant condition, and for a MERGE, which
     * cannot be judged. Empty for a text that is no statement, cannot be parsed, or says {@code /* all tenants: why *}{@code /}. Costs next to nothing for a text that
     * names no tenant's table, else about a millisecond.
     */
    public List<String> findings(String text) {
        return mayConcernTenants(text)
                ? SqlText.split(text).stream()
                        .flatMap(one -> read(one).stream())
                        .toList()
                : List.of();
    }

    private boolean mayConcernTenants(String text) {
        return STATEMENT.matcher(COMMENTS.matcher(text).replaceAll(" ")).matches()
                && names.stream().anyMatch(name -> name.matcher(text).find());
    }

    private List<String> read(String statement) {
        if (SqlText.exemption(statement).isPresent() || !readable(statement)) {
            return List.of();
        }
        return SqlReader.findings(statement, tables).stream()
                .map(finding -> finding.table() + ": " + finding.advice())
                .toList();
    }

    private static boolean readable(String statement) {
        try {
            Statement parsed = CCJSqlParserUtil.parse(statement);
            return parsed instanceof Select
                    || parsed instanceof Insert
                    || parsed instanceof Update
                    || parsed instanceof Delete
                    || parsed instanceof Merge;
        } catch (JSQLParserException | RuntimeException e) {
            return false;
        }
    }
}
