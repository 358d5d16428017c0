package dev.semel.maven.internal;

import dev.semel.maven.Code;
import dev.semel.maven.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** What handlers do, themselves and through the project's own classes. */
public final class HandlerCheck {
    private static final String HANDLER = "dev/semel/Handler";
    private static final String ASYNC = "Lorg/springframework/scheduling/annotation/Async;";
    private static final String TRANSACTIONAL = "Lorg/springframework/transaction/annotation/Transactional;";
    private static final List<String> OTHER_TRANSACTIONS = List.of("REQUIRES_NEW", "NOT_SUPPORTED", "NEVER");

    private final Classes classes;
    private final CallGraph graph;
    private final List<Forbidden> kinds;
    private final Set<String> reported = new HashSet<>();
    private final List<Violation> violations = new ArrayList<>();

    /** With more patterns of calls that leave the database. */
    public HandlerCheck(Classes classes, List<String> moreOutgoing) {
        this.classes = classes;
        this.graph = new CallGraph(classes);
        this.kinds = Forbidden.kinds(moreOutgoing);
    }

    /** What is wrong. */
    public List<Violation> violations() {
        handlers().distinct().forEach(this::follow);
        return violations;
    }

    /** Gated methods, classes that are handlers, and lambdas that become one. */
    private Stream<Member> handlers() {
        Stream<Member> gated = classes.members()
                .filter(member ->
                        Annotations.find(member.annotations(), Routes.GATE).isPresent());
        Stream<Member> declared = classes.types()
                .filter(type -> type.interfaces.contains(HANDLER))
                .flatMap(Classes::members)
                .filter(member -> member.method().name.equals("handle")
                        && (member.method().access & Opcodes.ACC_BRIDGE) == 0
                        && member.method().desc.startsWith("(Ldev/semel/Write;)"));
        return Stream.of(gated, declared, lambdas()).flatMap(stream -> stream);
    }

    private Stream<Member> lambdas() {
        return classes.members()
                .flatMap(member -> Classes.instructions(member.method()))
                .filter(InvokeDynamicInsnNode.class::isInstance)
                .map(InvokeDynamicInsnNode.class::cast)
                .filter(lambda -> lambda.desc.endsWith(")L" + HANDLER + ";"))
                .flatMap(CallGraph::handles)
                .flatMap(handle -> graph.member(handle).stream());
    }

    private void follow(Member handler) {
        graph.reachable(handler).forEach((member, path) -> {
            for (Forbidden kind : kinds) {
                if (!exempt(kind.code(), path)) {
                    Classes.instructions(member.method()).forEach(node -> check(kind, member, node, path));
                }
            }
            checkAnnotations(member, path);
        });
    }

    /** By the place itself, or by the handler. */
    private boolean exempt(Code code, List<Member> path) {
        return classes.exempt(code.name(), path.get(0)) || classes.exempt(code.name(), path.get(path.size() - 1));
    }

    private void check(Forbidden kind, Member member, AbstractInsnNode node, List<Member> path) {
        String call = forbidden(kind, node);
        if (call != null) {
            add(kind.code(), call + " in " + way(path) + ": " + kind.advice(), member, node);
        }
    }

    private @Nullable String forbidden(Forbidden kind, AbstractInsnNode node) {
        if (node instanceof MethodInsnNode call) {
            boolean dated =
                    kind.code() == Code.SEMEL007 && call.owner.equals("java/util/Date") && call.desc.equals("()V");
            boolean remote = kind.code() == Code.SEMEL008 && isRemote(call.owner);
            return dated || remote || kind.patterns().stream().anyMatch(pattern -> pattern.matches(call))
                    ? name(call.owner, call.name)
                    : null;
        }
        return node instanceof InvokeDynamicInsnNode dynamic
                ? CallGraph.handles(dynamic)
                        .filter(handle -> kind.patterns().stream().anyMatch(pattern -> pattern.matches(handle)))
                        .map(handle -> name(handle.getOwner(), handle.getName()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private boolean isRemote(String owner) {
        ClassNode own = classes.own(owner);
        return own != null && Routes.isClient(own);
    }

    private static String name(String owner, String method) {
        String type = owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.');
        return method.equals("<init>") ? "new " + type : type + "." + method;
    }

    private static String way(List<Member> path) {
        String handler = "handler " + path.get(0).shortName();
        return path.size() == 1
                ? handler
                : handler + " → " + path.stream().skip(1).map(Member::shortName).collect(Collectors.joining(" → "));
    }

    private void checkAnnotations(Member member, List<Member> path) {
        if (Annotations.find(member.annotations(), ASYNC).isPresent() && !exempt(Code.SEMEL008, path)) {
            add(
                    Code.SEMEL008,
                    "@Async in " + way(path) + ": it runs on another thread, outside of the transaction; emit an"
                            + " event and do it in a sink",
                    member,
                    null);
        }
        List<AnnotationNode> both = new ArrayList<>(Classes.annotations(member.type()));
        both.addAll(member.annotations());
        if (both.stream().anyMatch(HandlerCheck::leavesTransaction) && !exempt(Code.SEMEL010, path)) {
            add(
                    Code.SEMEL010,
                    "@Transactional of its own in " + way(path) + ": what it writes stays although the write is"
                            + " rolled back; join the write's transaction",
                    member,
                    null);
        }
    }

    private static boolean leavesTransaction(AnnotationNode annotation) {
        return annotation.desc.equals(TRANSACTIONAL)
                && Annotations.value(annotation, "propagation") instanceof String[] constant
                && OTHER_TRANSACTIONS.contains(constant[1]);
    }

    /** Each place once, with the first handler that comes by. */
    private void add(Code code, String message, Member member, @Nullable AbstractInsnNode at) {
        String call = message.substring(0, message.indexOf(" in handler"));
        if (reported.add(code + member.key() + classes.place(member, at).line() + call)) {
            violations.add(new Violation(code, message, classes.place(member, at)));
        }
    }
}
