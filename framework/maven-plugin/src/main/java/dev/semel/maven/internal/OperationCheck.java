package dev.semel.maven.internal;

import dev.semel.maven.Code;
import dev.semel.maven.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Each operation has a route or a handler, is registered, tested, and the only one of its name. */
public final class OperationCheck {
    private static final String BUILDER = "dev/semel/Semel$Builder";
    private static final String UNDER_TEST = "dev/semel/testkit/OperationUnderTest";

    private final Classes classes;
    private final Operations operations;
    private final Routes routes;
    private final List<Violation> violations = new ArrayList<>();

    /** On those. */
    public OperationCheck(Classes classes, Operations operations, Routes routes) {
        this.classes = classes;
        this.operations = operations;
        this.routes = routes;
    }

    /** What is wrong. */
    public List<Violation> violations() {
        Set<String> executed = namedWhere(classes.types(), OperationCheck::givesHandler);
        executed.addAll(routes.gates());
        require(
                Code.SEMEL003,
                executed,
                "has neither route nor handler: name it in a @Gate, declare a GatedRoute, give Semel.Builder.handle a"
                        + " handler for it, or remove it");
        require(
                Code.SEMEL004,
                namedWhere(classes.types(), OperationCheck::registers),
                "is not registered: hand its constant to Semel.Builder.register or handle in a SemelConfigurer");
        require(
                Code.SEMEL006,
                namedWhere(classes.tests(), OperationCheck::tries),
                "has no contract test: describe its constant in an OperationUnderTest and hand it to ExactlyOnce and"
                        + " FaultEnumeration");
        Set<String> names = new HashSet<>();
        operations.declared().stream()
                .filter(operation -> !names.add(operation.name()))
                .forEach(operation -> add(
                        Code.SEMEL005,
                        operation,
                        "is declared twice: the name is part of ids and keys," + " so each has its own"));
        return violations;
    }

    /** The operations that such calls are given. */
    private Set<String> namedWhere(Stream<ClassNode> types, Predicate<AbstractInsnNode> done) {
        return types.flatMap(type -> namedBy(type, done))
                .map(DeclaredOperation::name)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Where one call's operation is decided elsewhere, all whose constants the class reads: it may be any of them. */
    private Stream<DeclaredOperation> namedBy(ClassNode type, Predicate<AbstractInsnNode> done) {
        List<DeclaredOperation> named = new ArrayList<>();
        for (Member member : Classes.members(type).toList()) {
            List<AbstractInsnNode> calls =
                    Classes.instructions(member.method()).filter(done).toList();
            if (!calls.isEmpty() && !addGiven(member, calls, named)) {
                return Classes.members(type).flatMap(operations::readBy);
            }
        }
        return named.stream();
    }

    /** False if it cannot be decided. */
    private boolean addGiven(Member member, List<AbstractInsnNode> calls, List<DeclaredOperation> named) {
        OperationArguments arguments = new OperationArguments(member);
        for (AbstractInsnNode node : calls) {
            Optional<Stream<FieldInsnNode>> given =
                    node instanceof MethodInsnNode call ? arguments.of(call) : Optional.empty();
            if (given.isEmpty()) {
                return false;
            }
            given.get().flatMap(operations::heldIn).forEach(named::add);
        }
        return true;
    }

    private static boolean givesHandler(AbstractInsnNode node) {
        return calls(node, BUILDER, "handle") || calls(node, "dev/semel/Call", "<init>") || GatedRouteCall.isOne(node);
    }

    private static boolean registers(AbstractInsnNode node) {
        return calls(node, BUILDER, "register") || calls(node, BUILDER, "handle") || GatedRouteCall.isOne(node);
    }

    private static boolean tries(AbstractInsnNode node) {
        return calls(node, UNDER_TEST, "of");
    }

    private static boolean calls(AbstractInsnNode node, String owner, String name) {
        if (node instanceof MethodInsnNode call) {
            return call.owner.equals(owner) && call.name.equals(name);
        }
        return node instanceof InvokeDynamicInsnNode lambda
                && Stream.of(lambda.bsmArgs)
                        .anyMatch(argument -> argument instanceof Handle handle
                                && handle.getOwner().equals(owner)
                                && handle.getName().equals(name));
    }

    private void require(Code code, Set<String> names, String otherwise) {
        operations.declared().stream()
                .filter(operation -> !names.contains(operation.name()))
                .forEach(operation -> add(code, operation, otherwise));
    }

    private void add(Code code, DeclaredOperation operation, String message) {
        Member member = operation.member();
        if (!classes.exempt(code.name(), member) && !exemptField(code, operation)) {
            violations.add(new Violation(
                    code, "operation " + operation.name() + " " + message, classes.place(member, operation.at())));
        }
    }

    private boolean exemptField(Code code, DeclaredOperation operation) {
        return operation.field() != null
                && operation.member().type().fields.stream()
                        .filter(field -> field.name.equals(operation.field().name))
                        .anyMatch(field ->
                                Exemptions.of(Classes.annotations(field)).contains(code.name()));
    }
}
