package dev.semel.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection whose transaction the handler cannot end, nor by what the connection hands out. */
public final class GuardedConnection {
    private static final Set<String> REFUSED =
            Set.of("commit", "rollback", "close", "abort", "setAutoCommit", "setReadOnly", "setTransactionIsolation");

    private GuardedConnection() {}

    public static Connection guard(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            refuseToEnd(method, arguments);
            return answer(connection, method, arguments, proxy, (Connection) proxy);
        });
    }

    private static void refuseToEnd(Method method, Object @Nullable [] arguments) {
        boolean toSavepoint = arguments != null && "rollback".equals(method.getName());
        if (REFUSED.contains(method.getName()) && !toSavepoint) {
            throw new IllegalStateException(
                    "a handler may not call Connection." + method.getName() + ": the engine owns the transaction");
        }
    }

    /** What was handed out, with its ways back to the connection closed. */
    private static <T> T handedOut(Class<T> type, Object target, Connection guarded, @Nullable Object maker) {
        return proxy(type, (proxy, method, arguments) -> switch (method.getName()) {
            case "getConnection" -> guarded;
            case "getStatement" ->
                maker instanceof Statement statement ? statement : answer(target, method, arguments, proxy, guarded);
            default -> answer(target, method, arguments, proxy, guarded);
        });
    }

    private static @Nullable Object answer(
            Object target, Method method, Object @Nullable [] arguments, Object proxy, Connection guarded)
            throws Throwable {
        if (arguments != null && "equals".equals(method.getName())) {
            return arguments[0] == proxy;
        }
        if (arguments != null && "unwrap".equals(method.getName()) && ((Class<?>) arguments[0]).isInstance(proxy)) {
            return proxy;
        }
        return guarded(call(target, method, arguments), guarded, proxy);
    }

    private static @Nullable Object guarded(@Nullable Object result, Connection guarded, Object maker) {
        if (result instanceof CallableStatement) {
            return handedOut(CallableStatement.class, result, guarded, null);
        }
        if (result instanceof PreparedStatement) {
            return handedOut(PreparedStatement.class, result, guarded, null);
        }
        if (result instanceof Statement) {
            return handedOut(Statement.class, result, guarded, null);
        }
        if (result instanceof ResultSet) {
            return handedOut(ResultSet.class, result, guarded, maker);
        }
        return result instanceof DatabaseMetaData ? handedOut(DatabaseMetaData.class, result, guarded, null) : result;
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(GuardedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
