package dev.semel.books;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link TestBooks}, one for all of them. */
public final class BooksExtension implements ParameterResolver, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(BooksExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestBooks.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(TestBooks.class, type -> new TestBooks());
    }

    /** Fails a class whose statements are not kept to one tenant. */
    @Override
    public void afterAll(ExtensionContext context) {
        TestBooks books = context.getRoot().getStore(NAMESPACE).get(TestBooks.class, TestBooks.class);
        if (books != null) {
            books.database().verifyTenancy();
        }
    }
}
