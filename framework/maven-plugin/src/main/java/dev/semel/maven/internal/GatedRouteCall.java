package dev.semel.maven.internal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A route that is declared without a controller.
 *
 * @param name as in {@code POST /tickets}; a path that is put together elsewhere is an ellipsis
 * @param constants where its operation is held
 */
record GatedRouteCall(String name, List<FieldInsnNode> constants) {
    private static final String OWNER = "dev/semel/spring/GatedRoute";
    private static final List<String> METHODS = List.of("post", "put", "patch", "delete");

    static boolean isOne(AbstractInsnNode node) {
        return node instanceof MethodInsnNode call && call.owner.equals(OWNER) && METHODS.contains(call.name);
    }

    static Stream<GatedRouteCall> of(Member member) {
        List<MethodInsnNode> calls = Classes.instructions(member.method())
                .filter(GatedRouteCall::isOne)
                .map(MethodInsnNode.class::cast)
                .toList();
        if (calls.isEmpty()) {
            return Stream.empty();
        }
        OperationArguments arguments = new OperationArguments(member);
        return calls.stream().map(call -> of(call, arguments));
    }

    private static GatedRouteCall of(MethodInsnNode call, OperationArguments arguments) {
        String path = arguments.text(call).orElse("…");
        List<FieldInsnNode> constants = arguments.of(call).map(Stream::toList).orElse(List.of());
        return new GatedRouteCall(call.name.toUpperCase(Locale.ROOT) + " " + path, constants);
    }
}
