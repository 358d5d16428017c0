package dev.semel;

import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is told of rejections that their operation does not declare, so that what is published cannot fall behind what is done. Found by
 * {@link ServiceLoader}; the test kit brings one that makes the test fail. Where there is none, as in production, such a rejection is
 * logged as a warning and answered as it is: a client is never told 500 for breaking a rule. Thread-safe.
 */
@FunctionalInterface
public interface UndeclaredRejections {
    /**
     * A handler, or what prepares its call, has thrown it. Asked in that thread, before the write is rolled back; what this throws takes
     * the rejection's place.
     */
    void found(Operation<?, ?> operation, RejectedException rejection);

    /**
     * Tells of a rejection that the operation does not {@linkplain Operation#declares declare}. Costs nothing for one that it declares.
     *
     * @throws RuntimeException what an implementation throws
     */
    static void check(Operation<?, ?> operation, RejectedException rejection) {
        if (operation.declares(rejection)) {
            return;
        }
        Logger log = LoggerFactory.getLogger(UndeclaredRejections.class);
        log.warn(
                "operation {} refuses with {} and does not declare it: add .rejects(Reason.{}, \"{}\")",
                operation.name(),
                rejection.code(),
                rejection.reason(),
                rejection.code());
        ServiceLoader.load(UndeclaredRejections.class, UndeclaredRejections.class.getClassLoader())
                .forEach(told -> told.found(operation, rejection));
    }
}
