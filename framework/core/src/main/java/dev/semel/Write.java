package dev.semel;

import dev.semel.failpoint.Failpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * One execution of an operation, as its {@link Handler} sees it. Belongs to the handler's thread and ends with the handler.
 *
 * @param <P> the operation's payload type
 */
public interface Write<P> {
    /** Who asked. */
    Caller caller();

    /** Whose rows this write touches: the caller's tenant. */
    default String tenant() {
        return caller().tenant();
    }

    /** What was asked for. */
    P payload();

    /**
     * The primary key for the row that this write creates. The same tenant, operation and key give the same id for ever, so
     * that even after the key has expired the row cannot come into being twice.
     */
    UUID resultId();

    /** Another deterministic id of this write, for its second and later rows; the same name gives the same id. */
    UUID derivedId(String name);

    /**
     * The transaction's connection. The engine owns the transaction: commit, rollback, close and switches of auto-commit are
     * refused with {@link IllegalStateException}.
     */
    Connection connection();

    /**
     * Emits an event. It leaves only after this write's commit, and not at all if the write fails. Costs nothing until then:
     * events are buffered and inserted in the transaction's last round trip.
     *
     * @param type one of the types that the operation declares with {@link Operation.Builder#emits}
     * @param orderingKey events of one tenant with equal ordering keys are delivered in commit order. Sinks see the key; one of more than 255
     *     characters, or with characters that are no text, is replaced by its SHA-256
     * @param payload written as JSON
     * @throws IllegalArgumentException if the type is not declared
     */
    void emit(String type, String orderingKey, Object payload);

    /**
     * A named place where a test may make this write fail. Does nothing unless the application enabled failpoints.
     *
     * @throws dev.semel.failpoint.FailpointException if the failpoint is armed to throw
     * @throws SQLException if it is armed to break the connection
     */
    void reach(Failpoint failpoint) throws SQLException;

    /**
     * Executes another operation inside this write's transaction, under a key derived from this write's key and the name.
     * Both take effect together or not at all.
     *
     * @param name tells nested writes of one operation apart; each has its own
     * @throws SemelException as {@link Semel#execute}; everything is rolled back then, even if the handler goes on
     */
    <P2, R2> Outcome<R2> nested(Operation<P2, R2> operation, String name, P2 payload);
}
