package dev.semel.sync;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link TestSync}, one for all of them. */
public final class SyncExtension implements ParameterResolver, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(SyncExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestSync.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(TestSync.class, type -> new TestSync());
    }

    /** Fails a class whose statements are not kept to one tenant. */
    @Override
    public void afterAll(ExtensionContext context) {
        TestSync sync = context.getRoot().getStore(NAMESPACE).get(TestSync.class, TestSync.class);
        if (sync != null) {
            sync.database().verifyTenancy();
        }
    }
}
