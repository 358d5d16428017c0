package dev.semel.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that tells a hook of every statement. What travels as one message to the server is one statement here. */
public final class InterceptedDataSource {
    private InterceptedDataSource() {}

    /** Wraps a data source. */
    public static DataSource of(DataSource dataSource, StatementHook hook) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(dataSource, method, arguments);
            return result instanceof Connection connection ? connection(connection, hook) : result;
        });
    }

    private static Connection connection(Connection connection, StatementHook hook) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if ("commit".equals(method.getName()) || ("rollback".equals(method.getName()) && arguments == null)) {
                return observed(connection, method, arguments, method.getName(), hook);
            }
            Object result = call(connection, method, arguments);
            String sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
            return result instanceof Statement statement ? statement(statement, sql, hook) : result;
        });
    }

    private static Statement statement(Statement statement, String prepared, StatementHook hook) {
        Class<? extends Statement> type = statement instanceof CallableStatement
                ? CallableStatement.class
                : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return proxy(type, (proxy, method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(statement, method, arguments);
            }
            String sql = arguments != null && arguments[0] instanceof String text ? text : prepared;
            return observed(statement, method, arguments, sql, hook);
        });
    }

    private static @Nullable Object observed(
            Object target, Method method, Object @Nullable [] arguments, String sql, StatementHook hook)
            throws Throwable {
        hook.before(sql);
        Object result = call(target, method, arguments);
        hook.after(sql);
        return result;
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? new SQLException(e) : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(InterceptedDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
