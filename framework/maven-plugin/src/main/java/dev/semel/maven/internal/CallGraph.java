package dev.semel.maven.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Who calls whom among the project's own methods. A lambda counts as called where it is made, an override where it may be. */
final class CallGraph {
    private final Classes classes;
    private final Map<String, Member> members = new HashMap<>();
    private final Map<String, List<Member>> callees = new HashMap<>();

    CallGraph(Classes classes) {
        this.classes = classes;
        classes.members().forEach(member -> members.put(member.key(), member));
    }

    Optional<Member> member(Handle handle) {
        return Optional.ofNullable(members.get(Member.key(handle.getOwner(), handle.getName(), handle.getDesc())));
    }

    /** Everything reachable, each with the way to it, nearest first. */
    Map<Member, List<Member>> reachable(Member start) {
        Map<Member, List<Member>> paths = new LinkedHashMap<>();
        paths.put(start, List.of(start));
        ArrayDeque<Member> open = new ArrayDeque<>(List.of(start));
        for (Member at = open.poll(); at != null; at = open.poll()) {
            for (Member next : callees(at)) {
                if (!paths.containsKey(next)) {
                    List<Member> path = new ArrayList<>(paths.getOrDefault(at, List.of()));
                    path.add(next);
                    paths.put(next, List.copyOf(path));
                    open.add(next);
                }
            }
        }
        return paths;
    }

    private List<Member> callees(Member member) {
        return callees.computeIfAbsent(
                member.key(),
                key -> Classes.instructions(member.method())
                        .flatMap(this::called)
                        .toList());
    }

    private Stream<Member> called(AbstractInsnNode node) {
        if (node instanceof MethodInsnNode call) {
            return targets(call.owner, call.name, call.desc);
        }
        return node instanceof InvokeDynamicInsnNode dynamic
                ? handles(dynamic).flatMap(handle -> targets(handle.getOwner(), handle.getName(), handle.getDesc()))
                : Stream.empty();
    }

    static Stream<Handle> handles(InvokeDynamicInsnNode dynamic) {
        return Stream.of(dynamic.bsmArgs).filter(Handle.class::isInstance).map(Handle.class::cast);
    }

    /** The inherited method and every override: which one runs is decided at run time. */
    private Stream<Member> targets(String owner, String name, String descriptor) {
        ClassNode type = classes.own(owner);
        if (type == null) {
            return Stream.empty();
        }
        Stream<Member> inherited = inherited(type, name, descriptor).stream();
        return name.startsWith("<")
                ? inherited
                : Stream.concat(
                        inherited,
                        overrides(owner, new HashSet<>())
                                .map(subtype -> members.get(Member.key(subtype.name, name, descriptor)))
                                .filter(member -> member != null));
    }

    private Optional<Member> inherited(ClassNode type, String name, String descriptor) {
        Member own = members.get(Member.key(type.name, name, descriptor));
        if (own != null) {
            return Optional.of(own);
        }
        return Classes.supertypes(type)
                .map(classes::own)
                .filter(supertype -> supertype != null)
                .flatMap(supertype -> inherited(supertype, name, descriptor).stream())
                .findFirst();
    }

    private Stream<ClassNode> overrides(String owner, Set<String> seen) {
        return classes.subtypes(owner).stream()
                .filter(subtype -> seen.add(subtype.name))
                .flatMap(subtype -> Stream.concat(Stream.of(subtype), overrides(subtype.name, seen)));
    }
}
