package dev.semel.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/** A connection whose transaction the handler cannot end. */
public final class GuardedConnection {
    private static final Set<String> REFUSED =
            Set.of("commit", "rollback", "close", "abort", "setAutoCommit", "setReadOnly", "setTransactionIsolation");

    private GuardedConnection() {}

    public static Connection guard(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean toSavepoint = arguments != null && "rollback".equals(method.getName());
                    if (REFUSED.contains(method.getName()) && !toSavepoint) {
                        throw new IllegalStateException("a handler may not call Connection." + method.getName()
                                + ": the engine owns the transaction");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
