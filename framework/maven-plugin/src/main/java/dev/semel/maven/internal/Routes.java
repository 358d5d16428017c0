package dev.semel.maven.internal;

import dev.semel.maven.Code;
import dev.semel.maven.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The project's routes: controller methods, and those functional ones whose method of HTTP stands in the code. */
public final class Routes {
    static final String GATE = "Ldev/semel/spring/Gate;";
    private static final String FUNCTIONAL = "org/springframework/web/servlet/function/RouterFunctions$Builder";
    private static final List<String> MUTATING = List.of("POST", "PUT", "PATCH", "DELETE");
    private static final List<String> CLIENTS = List.of(
            "Lorg/springframework/cloud/openfeign/FeignClient;",
            "Lorg/springframework/web/service/annotation/HttpExchange;");

    private final Classes classes;
    private final List<Route> mapped;
    private final List<GatedRouteCall> declared;

    private Routes(Classes classes, List<Route> mapped, List<GatedRouteCall> declared) {
        this.classes = classes;
        this.mapped = mapped;
        this.declared = declared;
    }

    /** Reads them. */
    public static Routes in(Classes classes) {
        List<Route> mapped = classes.types()
                .filter(type -> !isClient(type) && !answersErrors(type))
                .flatMap(Classes::members)
                .flatMap(member -> routes(classes, member))
                .distinct()
                .toList();
        List<GatedRouteCall> declared =
                classes.members().flatMap(GatedRouteCall::of).toList();
        return new Routes(classes, mapped, declared);
    }

    static boolean isClient(ClassNode type) {
        return Classes.annotations(type).stream().anyMatch(annotation -> CLIENTS.contains(annotation.desc));
    }

    /** Spring Boot asks it what to answer, by whichever method the failed request had. */
    private static boolean answersErrors(ClassNode type) {
        return type.interfaces.stream()
                .anyMatch(name -> name.startsWith("org/springframework/boot/") && name.endsWith("/ErrorController"));
    }

    private static Stream<Route> routes(Classes classes, Member mapped) {
        return Mapping.of(mapped.annotations(), classes).stream()
                .flatMap(own -> carriedOutBy(classes, mapped)
                        .map(member -> new Route(
                                own.under(ofTypes(classes, mapped, member)), gate(mapped, member), mapped, member)));
    }

    /** The implementations, each of which may have a gate or not; those that say a mapping of their own are read by it. */
    private static Stream<Member> carriedOutBy(Classes classes, Member mapped) {
        List<Member> implementations = classes.implementations(mapped).toList();
        return implementations.isEmpty()
                ? Stream.of(mapped)
                : implementations.stream()
                        .filter(member -> member.equals(mapped)
                                || Mapping.of(member.annotations(), classes).isEmpty());
    }

    private static Mapping ofTypes(Classes classes, Member mapped, Member member) {
        return Stream.of(member, mapped)
                .flatMap(one -> Mapping.of(Classes.annotations(one.type()), classes).stream())
                .findFirst()
                .orElse(new Mapping(List.of(), List.of()));
    }

    private static @Nullable String gate(Member mapped, Member member) {
        String own = gate(member);
        return own != null ? own : gate(mapped);
    }

    private static @Nullable String gate(Member member) {
        return Annotations.find(member.annotations(), GATE)
                .map(gate -> Annotations.text(gate, "value"))
                .orElse(null);
    }

    /** The names of an operation's routes, sorted. */
    List<String> of(DeclaredOperation operation) {
        Stream<String> ofControllers = mapped.stream()
                .filter(route -> operation.name().equals(route.gate()))
                .flatMap(route -> route.names().stream());
        Stream<String> ofBeans = declared.stream()
                .filter(route -> route.constants().stream().anyMatch(operation::isHeldIn))
                .map(GatedRouteCall::name);
        return Stream.concat(ofControllers, ofBeans).distinct().sorted().toList();
    }

    /** The operations that gates are bound to. */
    List<String> gates() {
        return classes.members()
                .flatMap(member -> Stream.ofNullable(gate(member)))
                .toList();
    }

    /** Routes without gates, and gates without operations. */
    public List<Violation> violations(Operations operations) {
        List<Violation> violations = new ArrayList<>();
        mapped.stream().filter(this::lacksGate).map(this::ungated).forEach(violations::add);
        classes.members()
                .filter(member -> isUnknown(gate(member), operations))
                .filter(member -> !classes.exempt(Code.SEMEL002.name(), member))
                .map(this::unknown)
                .forEach(violations::add);
        classes.members().forEach(member -> functional(member, violations));
        return violations;
    }

    private static boolean isUnknown(@Nullable String gate, Operations operations) {
        return gate != null && !operations.knows(gate);
    }

    private boolean lacksGate(Route route) {
        return route.mutates() && route.gate() == null && !settled(route.member()) && !settled(route.mapped());
    }

    private boolean settled(Member member) {
        return Annotations.find(member.annotations(), Exemptions.UNGATED).isPresent()
                || classes.exempt(Code.SEMEL001.name(), member);
    }

    private Violation ungated(Route route) {
        return new Violation(
                Code.SEMEL001,
                String.join(", ", route.names())
                        + " mutates without a gate: add @Gate with its operation, or @Ungated with the reason",
                classes.place(route.member(), null));
    }

    private Violation unknown(Member member) {
        return new Violation(
                Code.SEMEL002,
                "@Gate names " + gate(member) + ", but no operation of that name is declared: declare it as a constant,"
                        + " or correct the name",
                classes.place(member, null));
    }

    private void functional(Member member, List<Violation> violations) {
        if (classes.exempt(Code.SEMEL001.name(), member)) {
            return;
        }
        Classes.instructions(member.method())
                .filter(Routes::addsMutatingRoute)
                .map(call -> new Violation(
                        Code.SEMEL001,
                        "a functional route of " + ((MethodInsnNode) call).name
                                + " mutates without a gate: make it a GatedRoute, or a controller method with @Gate",
                        classes.place(member, call)))
                .forEach(violations::add);
    }

    private static boolean addsMutatingRoute(AbstractInsnNode node) {
        return node instanceof MethodInsnNode call
                && (call.owner.equals(FUNCTIONAL)
                        || call.owner.equals("org/springframework/web/servlet/function/RequestPredicates"))
                && MUTATING.contains(call.name);
    }
}
