package dev.semel.server;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a signal end the JVM in order and with code 0: its own handler would run the same shutdown hooks, but end with 143. Goes
 * through reflection, because the class that every JDK has for it is not an official one.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    static void endCleanlyOn(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ending = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> end(method));
            Object wanted = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, wanted, ending);
        } catch (ReflectiveOperationException e) {
            LOG.debug("SIG{} keeps the exit code that the JVM gives it", name, e);
        }
    }

    private static Object end(Method method) {
        if (method.getName().equals("handle")) {
            System.exit(0);
        }
        throw new UnsupportedOperationException(method.getName());
    }
}
