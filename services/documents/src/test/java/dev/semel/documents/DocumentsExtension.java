package dev.semel.documents;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link TestDocuments}, one for all of them. */
public final class DocumentsExtension implements ParameterResolver, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(DocumentsExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDocuments.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(TestDocuments.class, type -> new TestDocuments());
    }

    /** Fails a class whose statements are not kept to one tenant. */
    @Override
    public void afterAll(ExtensionContext context) {
        TestDocuments documents = context.getRoot().getStore(NAMESPACE).get(TestDocuments.class, TestDocuments.class);
        if (documents != null) {
            documents.database().verifyTenancy();
        }
    }
}
