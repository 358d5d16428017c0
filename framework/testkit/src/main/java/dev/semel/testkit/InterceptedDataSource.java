package dev.semel.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that tells a hook of every call. What travels as one message to the server is one statement here. Thread-safe as
 * what it wraps; {@code unwrap} gives what is beneath and is not listened to.
 */
public final class InterceptedDataSource {
    /** Those of a connection that may reach the server, or decide whether what follows does. */
    private static final Set<String> OBSERVED = Set.of(
            "commit",
            "rollback",
            "close",
            "setAutoCommit",
            "setReadOnly",
            "setTransactionIsolation",
            "setSavepoint",
            "releaseSavepoint",
            "prepareStatement",
            "prepareCall",
            "createStatement");

    private InterceptedDataSource() {}

    /** Wraps a data source. */
    public static DataSource of(DataSource dataSource, JdbcHook hook) {
        return proxy(
                DataSource.class,
                (proxy, method, arguments) -> "getConnection".equals(method.getName())
                        ? connect(dataSource, method, arguments, hook)
                        : call(dataSource, method, arguments));
    }

    private static Connection connect(
            DataSource dataSource, Method method, Object @Nullable [] arguments, JdbcHook hook) throws Throwable {
        hook.before(new JdbcCall(method.getName(), "", null));
        Connection connection = (Connection) present(call(dataSource, method, arguments));
        try {
            hook.after(new JdbcCall(method.getName(), "", connection));
            return connection(connection, hook);
        } catch (Throwable failure) {
            connection.close();
            throw failure;
        }
    }

    private static Connection connection(Connection connection, JdbcHook hook) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (isIdentity(method)) {
                return identity(proxy, method, arguments);
            }
            String sql = firstText(arguments);
            Object result = OBSERVED.contains(method.getName())
                    ? observed(connection, method, arguments, new JdbcCall(method.getName(), sql, connection), hook)
                    : call(connection, method, arguments);
            return wrapped(result, (Connection) proxy, connection, sql, hook);
        });
    }

    private static @Nullable Object wrapped(
            @Nullable Object result, Connection proxy, Connection connection, String sql, JdbcHook hook) {
        if (result instanceof Statement statement) {
            return statement(statement, proxy, new JdbcCall("", sql, connection), hook);
        }
        return result instanceof DatabaseMetaData metaData
                ? metaData(metaData, proxy, new JdbcCall("", "", connection), hook)
                : result;
    }

    private static DatabaseMetaData metaData(
            DatabaseMetaData metaData, Connection proxy, JdbcCall asked, JdbcHook hook) {
        return proxy(DatabaseMetaData.class, (self, method, arguments) -> {
            if ("getConnection".equals(method.getName())) {
                return proxy;
            }
            Object result = call(metaData, method, arguments);
            return result instanceof ResultSet rows
                    ? rows(rows, statement(rows.getStatement(), proxy, asked, hook))
                    : result;
        });
    }

    private static Statement statement(Statement statement, Connection connection, JdbcCall prepared, JdbcHook hook) {
        return proxy(typeOf(statement), (proxy, method, arguments) -> {
            if (isIdentity(method)) {
                return identity(proxy, method, arguments);
            }
            if ("getConnection".equals(method.getName())) {
                return connection;
            }
            Object result = isObserved(method, arguments)
                    ? observed(statement, method, arguments, executed(method, arguments, prepared), hook)
                    : call(statement, method, arguments);
            return result instanceof ResultSet rows ? rows(rows, (Statement) proxy) : result;
        });
    }

    private static Class<? extends Statement> typeOf(Statement statement) {
        if (statement instanceof CallableStatement) {
            return CallableStatement.class;
        }
        return statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
    }

    private static boolean isObserved(Method method, Object @Nullable [] arguments) {
        return method.getName().startsWith("execute") || ("addBatch".equals(method.getName()) && arguments != null);
    }

    private static JdbcCall executed(Method method, Object @Nullable [] arguments, JdbcCall prepared) {
        String own = firstText(arguments);
        return new JdbcCall(method.getName(), own.isEmpty() ? prepared.sql() : own, prepared.connection());
    }

    private static ResultSet rows(ResultSet rows, Statement statement) {
        return proxy(
                ResultSet.class,
                (proxy, method, arguments) ->
                        "getStatement".equals(method.getName()) ? statement : call(rows, method, arguments));
    }

    private static @Nullable Object observed(
            Object target, Method method, Object @Nullable [] arguments, JdbcCall call, JdbcHook hook)
            throws Throwable {
        hook.before(call);
        Object result = call(target, method, arguments);
        hook.after(call);
        return result;
    }

    private static boolean isIdentity(Method method) {
        return method.getDeclaringClass() == Object.class && !"toString".equals(method.getName());
    }

    private static Object identity(Object proxy, Method method, Object @Nullable [] arguments) {
        return "equals".equals(method.getName())
                ? arguments != null && arguments[0] == proxy
                : System.identityHashCode(proxy);
    }

    private static String firstText(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? new SQLException(e) : e.getCause();
        }
    }

    private static Object present(@Nullable Object result) {
        if (result == null) {
            throw new IllegalStateException("the data source gave no connection");
        }
        return result;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(InterceptedDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
