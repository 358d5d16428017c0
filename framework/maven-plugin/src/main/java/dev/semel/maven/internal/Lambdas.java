package dev.semel.maven.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

/** Which method makes a lambda: its body is a method of its own in the bytecode, but part of that one in the source. */
final class Lambdas {
    private final Map<String, Member> makers = new HashMap<>();

    Lambdas(Collection<ClassNode> types) {
        types.stream()
                .flatMap(Classes::members)
                .filter(member -> !member.method().name.equals("$deserializeLambda$"))
                .forEach(this::read);
    }

    private void read(Member maker) {
        Classes.instructions(maker.method())
                .filter(InvokeDynamicInsnNode.class::isInstance)
                .flatMap(node -> CallGraph.handles((InvokeDynamicInsnNode) node))
                .forEach(handle -> makers.putIfAbsent(key(handle), maker));
    }

    private static String key(Handle handle) {
        return Member.key(handle.getOwner(), handle.getName(), handle.getDesc());
    }

    /** Empty for a method that somebody wrote. */
    Optional<Member> maker(Member member) {
        boolean isLambda = (member.method().access & Opcodes.ACC_SYNTHETIC) != 0
                && member.method().name.startsWith("lambda$");
        return isLambda ? Optional.ofNullable(makers.get(member.key())) : Optional.empty();
    }
}
