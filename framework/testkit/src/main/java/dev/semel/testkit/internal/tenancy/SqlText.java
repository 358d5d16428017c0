package dev.semel.testkit.internal.tenancy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL as text, before it is parsed. */
public final class SqlText {
    /** What is no place for a semicolon or a table: quoted texts and names, dollar-quoted texts, comments. */
    private static final Pattern OPAQUE = Pattern.compile("""
            (?<![A-Za-z0-9_])[eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\\$(\\w*)\\$.*?\\$\\1\\$|--[^\\n]*|/\\*.*?\\*/\
            """, Pattern.DOTALL);

    private static final Pattern EXEMPTION =
            Pattern.compile("\\s*/\\*\\s*all tenants:\\s*(\\S.*?)\\s*\\*/", Pattern.DOTALL);
    /** Neither reads nor writes rows of a table. */
    private static final Pattern UTILITY = Pattern.compile(
            "(?i)(SET|RESET|SHOW|BEGIN|START\\s+TRANSACTION|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|LISTEN|UNLISTEN|NOTIFY|CLOSE)\\b.*",
            Pattern.DOTALL);
    /** PostgreSQL allows it, the parser does not. */
    private static final Pattern SELECT_OF_NO_COLUMN = Pattern.compile("(?i)\\bSELECT(\\s+(?:FROM|WHERE)\\b|\\s*\\))");

    private static final Pattern SELECT = Pattern.compile("(?i)\\bSELECT\\b");
    /** They are given SQL, or the name of a table, as a text; PostgreSQL's own and those of its extensions. */
    private static final Pattern RUNS_TEXT = Pattern.compile(
            "(?i)\\b((?:query|table|schema|database|cursor)_to_xml\\w*|ts_stat|dblink\\w*|crosstab\\w*|connectby|xpath_table)"
                    + "\"?\\s*\\(");
    /** Before the query of a cursor. */
    private static final Pattern DECLARE = Pattern.compile(
            "(?is)^\\s*DECLARE\\s+\\w+\\s+(?:\\w+\\s+){0,4}?CURSOR\\s+(?:WITH(?:OUT)?\\s+HOLD\\s+)?FOR\\b");

    private SqlText() {}

    /** The statements of one string, each with the comments before it. */
    public static List<String> split(String sql) {
        List<String> statements = new ArrayList<>();
        String masked = masked(sql, OPAQUE, false);
        int start = 0;
        for (int end = masked.indexOf(';'); end >= 0; end = masked.indexOf(';', start)) {
            add(statements, sql.substring(start, end), masked.substring(start, end));
            start = end + 1;
        }
        add(statements, sql.substring(start), masked.substring(start));
        return statements;
    }

    private static void add(List<String> statements, String text, String masked) {
        if (!masked.isBlank()) {
            statements.add(text.strip());
        }
    }

    /** Why the statement may see all tenants: its leading comment. */
    public static Optional<String> exemption(String statement) {
        Matcher comment = EXEMPTION.matcher(statement);
        return comment.lookingAt() ? Optional.of(comment.group(1)) : Optional.empty();
    }

    static boolean isUtility(String statement) {
        return UTILITY.matcher(bare(statement).strip()).matches();
    }

    /** Without comments, quoted texts and dollar quotes; quoted names stay. */
    static String bare(String statement) {
        return masked(statement, OPAQUE, true);
    }

    /** How often it says SELECT. */
    static long selects(String statement) {
        return SELECT.matcher(masked(statement, OPAQUE, false)).results().count();
    }

    static Optional<String> functionThatRunsText(String statement) {
        Matcher function = RUNS_TEXT.matcher(bare(statement));
        return function.find() ? Optional.of(function.group(1)) : Optional.empty();
    }

    static String forParser(String statement) {
        return SELECT_OF_NO_COLUMN
                .matcher(DECLARE.matcher(statement).replaceFirst(""))
                .replaceAll("SELECT 1$1");
    }

    private static String masked(String sql, Pattern what, boolean keepNames) {
        return what.matcher(sql)
                .replaceAll(found -> Matcher.quoteReplacement(
                        keepNames && found.group().startsWith("\"")
                                ? found.group()
                                : (found.group().startsWith("-")
                                                        || found.group().startsWith("/")
                                                ? " "
                                                : "x")
                                        .repeat(found.group().length())));
    }
}
