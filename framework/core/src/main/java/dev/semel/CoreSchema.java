package dev.semel;

import dev.semel.internal.SchemaScripts;
import dev.semel.internal.SchemaTables;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core's tables in the schema {@code semel}: made by the scripts {@code db/semel/core} of this library, by Flyway or by whatever
 * runs an application's own migrations. The schema says itself which version it is at. Thread-safe.
 */
public final class CoreSchema {
    /** The version that this library's scripts end at, and that it needs. */
    public static final int VERSION = 13;

    private static final Logger LOG = LoggerFactory.getLogger(CoreSchema.class);

    private CoreSchema() {}

    /** The version of a database's schema; empty before version 12, or without the right to use the schema. Costs two statements. */
    public static OptionalInt version(Connection connection) throws SQLException {
        return SchemaTables.read(connection)
                .map(found -> OptionalInt.of(found.version()))
                .orElse(OptionalInt.empty());
    }

    /**
     * Looks whether this library may write here: all tables are there, the schema is at its {@link #VERSION} or a later one that still
     * takes it. Costs three statements.
     *
     * @throws SchemaMismatchException if it may not
     */
    public static void require(Connection connection) throws SQLException {
        SchemaTables.State found = SchemaTables.read(connection).orElse(SchemaTables.State.UNKNOWN);
        List<String> missing = SchemaTables.missing(connection);
        if (found.version() < VERSION) {
            throw older(found, missing);
        }
        if (found.oldestLibrary() > VERSION) {
            throw new SchemaMismatchException(
                    "The schema semel is at version " + found.version() + " and takes no library below version "
                            + found.oldestLibrary() + "; this one is for version " + VERSION + ".",
                    "Start a release of Semel that knows version " + found.version() + ". Scripts never go backwards.");
        }
        if (!missing.isEmpty()) {
            throw new SchemaMismatchException(
                    "The schema semel is at version " + found.version() + ", but lacks " + String.join(", ", missing)
                            + ".",
                    "Restore what was dropped or renamed from a backup: no script makes it again.");
        }
        if (found.version() > VERSION) {
            LOG.info(
                    "the schema semel is at version {}, this library is for {} and still taken",
                    found.version(),
                    VERSION);
        }
    }

    private static SchemaMismatchException older(SchemaTables.State found, List<String> missing) {
        String version = found.equals(SchemaTables.State.UNKNOWN)
                ? "says no version (none before " + SchemaTables.FIRST_STATED
                        + " did), or the application's login has no right to use it"
                : "is at version " + found.version();
        return new SchemaMismatchException(
                "The database's schema semel " + version + "; this library needs version " + VERSION + "."
                        + (missing.isEmpty() ? "" : " Missing: " + String.join(", ", missing) + "."),
                "Let the library migrate (semel.migrate=true in a Spring Boot application), or run the later ones of its scripts"
                        + " yourself: java -cp semel-core.jar:slf4j-api.jar dev.semel.CoreSchema VERSION prints them, VERSION being the"
                        + " number of the last script that was run, 0 for an empty database.");
    }

    /**
     * The scripts that lead from a version to this library's, as one text for {@code psql}. Each is one transaction, so that a failure
     * leaves the schema at a version. Whoever runs it needs the right to make roles, and owns the tables afterwards.
     *
     * @param after the version that the schema is at; 0 if there is none
     * @throws IllegalArgumentException if it is negative or later than {@link #VERSION}
     */
    public static String sql(int after) {
        if (after < 0 || after > VERSION) {
            throw new IllegalArgumentException("the schema's version is between 0 and " + VERSION + ", not " + after);
        }
        return SchemaScripts.after(after);
    }

    /** Prints {@link #sql}, after version 0 or the one that is given. */
    public static void main(String[] arguments) {
        int after = arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]);
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(sql(after));
    }
}
