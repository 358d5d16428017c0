package dev.semel.books;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link TestBooks}, one for all of them. */
public final class BooksExtension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestBooks.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(BooksExtension.class))
                .computeIfAbsent(TestBooks.class, type -> start());
    }

    private static TestBooks start() {
        try {
            return new TestBooks();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
