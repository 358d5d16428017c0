package dev.semel.maven.internal;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A pattern of calls: {@code package.Class#method}; {@code *} stands for anything, no method for all of them. A method with its
 * descriptor is that one of all that have its name.
 */
record CallPattern(Pattern owner, Pattern method) {
    static CallPattern of(String text) {
        int hash = text.indexOf('#');
        return new CallPattern(
                pattern(hash < 0 ? text : text.substring(0, hash)), pattern(hash < 0 ? "*" : text.substring(hash + 1)));
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Stream.of(text.strip().split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    boolean matches(MethodInsnNode call) {
        return matches(call.owner, call.name, call.desc);
    }

    boolean matches(Handle handle) {
        return matches(handle.getOwner(), handle.getName(), handle.getDesc());
    }

    private boolean matches(String type, String name, String descriptor) {
        return owner.matcher(type.replace('/', '.')).matches()
                && (method.matcher(name).matches()
                        || method.matcher(name + descriptor).matches());
    }
}
