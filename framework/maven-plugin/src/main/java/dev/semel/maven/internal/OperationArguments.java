package dev.semel.maven.internal;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Which constants a method's calls are given as their operations, also by way of its local variables. */
final class OperationArguments {
    private final MethodNode method;
    private final @Nullable Frame<SourceValue>[] frames;

    OperationArguments(Member member) {
        this.method = member.method();
        this.frames = frames(member);
    }

    private static @Nullable Frame<SourceValue>[] frames(Member member) {
        try {
            return new Analyzer<>(new Sources()).analyze(member.type().name, member.method());
        } catch (AnalyzerException e) {
            throw new IllegalArgumentException(member.key() + " cannot be followed", e);
        }
    }

    /** Empty where it is decided elsewhere: by a parameter, a field that may change, or what another method returns. */
    Optional<Stream<FieldInsnNode>> of(MethodInsnNode call) {
        Frame<SourceValue> before = frames[method.instructions.indexOf(call)];
        if (before == null) {
            return Optional.of(Stream.empty());
        }
        Type[] types = Type.getArgumentTypes(call.desc);
        int first = before.getStackSize() - types.length;
        SourceValue[] given = IntStream.range(0, types.length)
                .filter(i -> types[i].getDescriptor().equals(OperationReader.DESCRIPTOR))
                .mapToObj(i -> before.getStack(first + i))
                .toArray(SourceValue[]::new);
        return Stream.of(given).flatMap(value -> value.insns.stream()).allMatch(OperationArguments::isConstant)
                ? Optional.of(
                        Stream.of(given).flatMap(value -> value.insns.stream()).map(FieldInsnNode.class::cast))
                : Optional.empty();
    }

    /** The literal text that a call is given first; empty if it is put together. */
    Optional<String> text(MethodInsnNode call) {
        Frame<SourceValue> before = frames[method.instructions.indexOf(call)];
        if (before == null) {
            return Optional.empty();
        }
        int first = before.getStackSize() - Type.getArgumentTypes(call.desc).length;
        return before.getStack(first).insns.stream()
                .filter(LdcInsnNode.class::isInstance)
                .map(literal -> ((LdcInsnNode) literal).cst)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }

    private static boolean isConstant(AbstractInsnNode source) {
        return source.getOpcode() == Opcodes.GETSTATIC;
    }

    /** A copy is from where its original is; a parameter from somewhere else. */
    private static final class Sources extends SourceInterpreter {
        Sources() {
            super(Opcodes.ASM9);
        }

        @Override
        public SourceValue copyOperation(AbstractInsnNode copy, SourceValue original) {
            return original;
        }

        @Override
        public SourceValue newParameterValue(boolean instance, int local, Type type) {
            return new SourceValue(type.getSize(), new InsnNode(Opcodes.NOP));
        }
    }
}
