package dev.semel.testkit.internal;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.security.CodeSource;
import java.util.Objects;
import java.util.stream.Stream;

/** Who in the application sends a statement: not the kit, the driver, the pool, Spring or the platform. */
public final class Callers {
    private static final String[] BETWEEN = {
        "java.", "javax.", "jdk.", "sun.", "com.sun.", "com.zaxxer.hikari.", "org.postgresql.", "org.springframework."
    };

    private Callers() {}

    /** The innermost such frame of this thread. */
    public static String first() {
        return StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> !isBetween(frame.getDeclaringClass()))
                        .findFirst()
                        .map(StackFrame::toString)
                        .orElse("an unknown caller"));
    }

    private static boolean isBetween(Class<?> type) {
        return Stream.of(BETWEEN).anyMatch(type.getName()::startsWith)
                || Objects.equals(source(type), source(Callers.class));
    }

    private static CodeSource source(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }
}
