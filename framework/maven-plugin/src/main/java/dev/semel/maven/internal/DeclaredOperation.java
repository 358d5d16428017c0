package dev.semel.maven.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;

/**
 * An operation as the bytecode declares it.
 *
 * @param field the constant that holds it; null if it goes elsewhere
 */
record DeclaredOperation(
        Signature signature,
        Options options,
        Member member,
        AbstractInsnNode at,
        @Nullable FieldInsnNode field) {
    /** What an operation is called and works on. */
    record Signature(String name, String risk, String payload, String result) {}

    /** What its builder was told. */
    record Options(
            String key,
            String retention,
            List<String> events,
            List<String> rejections,
            @Nullable String workflow,
            boolean rememberRejections,
            int resultVersion,
            boolean coalesced) {}

    String name() {
        return signature.name();
    }

    boolean isHeldIn(FieldInsnNode read) {
        return field != null && field.owner.equals(read.owner) && field.name.equals(read.name);
    }
}
