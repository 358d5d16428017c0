package dev.semel;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The bodies of many writes of one operation at once, done with a few statements. It stands beside the operation's ordinary
 * {@link Handler} and has to have the same effect. Used for calls that wait at the same moment, all of one tenant, each under a
 * key of its own that is free; not for calls with path or query variables, which it cannot see.
 *
 * @param <P> the operation's payload type
 * @param <R> the operation's result type
 */
@FunctionalInterface
public interface BatchHandler<P, R> {
    /**
     * Does the writes that it can do, all in one transaction, and leaves out the others without a trace: those are done one by one
     * by the ordinary handler afterwards, which rejects what is to be rejected. Each write's duration in the audit log is that
     * of all.
     *
     * @param writes at least two; {@link Write#emit} and {@link Write#derivedId} belong to each, the connection is one
     * @return the result of each write that was done, by its {@linkplain Write#resultId result id}; nothing for one left out
     * @throws Exception to have all of it undone: then all writes are done one by one
     */
    Map<UUID, R> handle(List<Write<P>> writes) throws Exception;
}
