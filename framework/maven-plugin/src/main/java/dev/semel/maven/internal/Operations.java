package dev.semel.maven.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;

/**
 * The operations that the project declares.
 *
 * @param declared sorted by name
 */
public record Operations(List<DeclaredOperation> declared) {
    /** Reads them. */
    public static Operations in(Classes classes) {
        List<DeclaredOperation> declared = new ArrayList<>();
        classes.members().forEach(member -> declared.addAll(OperationReader.read(member)));
        declared.sort(Comparator.comparing(DeclaredOperation::name));
        return new Operations(List.copyOf(declared));
    }

    boolean knows(String name) {
        return declared.stream().anyMatch(operation -> operation.name().equals(name));
    }

    /** Those whose constants a method reads. */
    Stream<DeclaredOperation> readBy(Member member) {
        return Classes.instructions(member.method())
                .filter(Operations::readsConstant)
                .flatMap(node -> heldIn((FieldInsnNode) node));
    }

    private static boolean readsConstant(AbstractInsnNode node) {
        return node instanceof FieldInsnNode field
                && field.getOpcode() == Opcodes.GETSTATIC
                && field.desc.equals(OperationReader.DESCRIPTOR);
    }

    Stream<DeclaredOperation> heldIn(FieldInsnNode read) {
        return declared.stream().filter(operation -> operation.isHeldIn(read));
    }
}
