package dev.semel.maven.internal;

import dev.semel.maven.Code;
import dev.semel.maven.Place;
import dev.semel.maven.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private static final List<String> HANDLERS =
            List.of("dev/semel/Handler", "dev/semel/BatchHandler", "dev/semel/spring/RouteHandler");
    private static final List<String> PARAMETERS = List.of("(Ldev/semel/Write;", "(Ljava/util/List;)");

    private static final String ASYNC = "Lorg/springframework/scheduling/annotation/Async;";
    /** Each with the member that says how it takes part. */
    private static final Map<String, String> TRANSACTIONAL = Map.of(
            "Lorg/springframework/transaction/annotation/Transactional;", "propagation",
            "Ljakarta/transaction/Transactional;", "value");

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
                        Annotations.find(member.annotations(), Routes.GATE).isPresent())
                .flatMap(member -> Stream.concat(Stream.of(member), classes.implementations(member)));
        Stream<Member> declared = classes.types()
                .filter(this::isHandler)
                .flatMap(Classes::members)
                .filter(member -> member.method().name.equals("handle")
                        && (member.method().access & Opcodes.ACC_BRIDGE) == 0
                        && PARAMETERS.stream().anyMatch(member.method().desc::startsWith));
        return Stream.of(gated, declared, lambdas()).flatMap(stream -> stream);
    }

    private boolean isHandler(ClassNode type) {
        return Classes.supertypes(type).anyMatch(name -> {
            ClassNode own = classes.own(name);
            return HANDLERS.contains(name) || (own != null && isHandler(own));
        });
    }

    private Stream<Member> lambdas() {
        return classes.members()
                .flatMap(member -> Classes.instructions(member.method()))
                .filter(InvokeDynamicInsnNode.class::isInstance)
                .map(InvokeDynamicInsnNode.class::cast)
                .filter(lambda -> HANDLERS.stream().anyMatch(handler -> lambda.desc.endsWith(")L" + handler + ";")))
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
            add(new Found(kind.code(), call, member, node), path, kind.advice());
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
                    new Found(Code.SEMEL008, "@Async", member, null),
                    path,
                    "it runs on another thread, outside of the transaction; emit an event and do it in a sink");
        }
        if (transactional(member).anyMatch(HandlerCheck::leavesTransaction) && !exempt(Code.SEMEL010, path)) {
            add(
                    new Found(Code.SEMEL010, "@Transactional of its own", member, null),
                    path,
                    "what it writes stays although the write is rolled back; join the write's transaction");
        }
    }

    /** A method's own annotation takes the place of its class's, which counts for methods that Spring can put itself before. */
    private static Stream<AnnotationNode> transactional(Member member) {
        List<AnnotationNode> own = transactional(member.annotations());
        return own.isEmpty() && isProxied(member)
                ? transactional(Classes.annotations(member.type())).stream()
                : own.stream();
    }

    private static List<AnnotationNode> transactional(List<AnnotationNode> annotations) {
        return annotations.stream()
                .filter(annotation -> TRANSACTIONAL.containsKey(annotation.desc))
                .toList();
    }

    private static boolean isProxied(Member member) {
        return (member.method().access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC)) == 0
                && !member.method().name.startsWith("<");
    }

    private static boolean leavesTransaction(AnnotationNode annotation) {
        return Annotations.value(annotation, TRANSACTIONAL.getOrDefault(annotation.desc, ""))
                        instanceof String[] constant
                && OTHER_TRANSACTIONS.contains(constant[1]);
    }

    /** Each once, with the first handler that comes by. */
    private void add(Found found, List<Member> path, String advice) {
        Place place = classes.place(found.member(), found.at());
        if (reported.add(found.code() + found.member().key() + place.line() + found.what())) {
            violations.add(new Violation(found.code(), found.what() + " in " + way(path) + ": " + advice, place));
        }
    }

    /** What stands where. */
    private record Found(
            Code code, String what, Member member, @Nullable AbstractInsnNode at) {}
}
