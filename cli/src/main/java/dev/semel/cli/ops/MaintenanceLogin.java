package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.ExitStatus;
import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A way into the database for {@code semel_maintenance}.
 *
 * @param name for people, within a sentence
 * @param start a command for when nobody answers
 */
record MaintenanceLogin(DataSource source, String name, String start) {

    /** Reads something as maintenance. */
    @FunctionalInterface
    interface Reader<T> {
        T read(MaintenanceTransactions maintenance) throws Exception;
    }

    /** @throws CommandFailure if the database does not answer, or refuses */
    <T> T read(Reader<T> reader) {
        try {
            return reader.read(MaintenanceTransactions.of(source));
        } catch (RuntimeException e) {
            throw e;
        } catch (SQLException e) {
            throw failure(e);
        } catch (Exception e) {
            throw new CommandFailure(ExitStatus.ERROR, "UNREADABLE", String.valueOf(e), start);
        }
    }

    private CommandFailure failure(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08", "53", "57" ->
                new CommandFailure(
                        ExitStatus.TEMPORARY,
                        "DATABASE_UNREACHABLE",
                        "No answer from " + name + " (" + state + "); an embedded one runs only while its server does.",
                        start);
            case "28" ->
                new CommandFailure(
                        ExitStatus.FORBIDDEN,
                        "DATABASE_LOGIN_REFUSED",
                        "The database refuses the login (" + state + ").",
                        "export SEMEL_DATABASE_PASSWORD=...   (or --database-password-file FILE, of mode 0600)");
            case "42" -> state.equals("42501") ? notAllowed() : notSemels(state);
            case "22", "3D", "3F" -> notSemels(state);
            default ->
                new CommandFailure(
                        ExitStatus.ERROR,
                        "DATABASE_FAILED",
                        "The database refuses to read the log (" + state + ").",
                        start);
        };
    }

    private static CommandFailure notAllowed() {
        return new CommandFailure(
                ExitStatus.FORBIDDEN,
                "DATABASE_FORBIDDEN",
                "The login is not a member of semel_maintenance.",
                "psql -c 'GRANT semel_maintenance TO U'   (as the owner)");
    }

    /** No such role, database, schema or table. */
    private static CommandFailure notSemels(String state) {
        return new CommandFailure(
                ExitStatus.ERROR,
                "NOT_SEMELS_DATABASE",
                "The audit log is not in that database (" + state + ").",
                "semel ops audit verify --help   (see --database-url)");
    }
}
