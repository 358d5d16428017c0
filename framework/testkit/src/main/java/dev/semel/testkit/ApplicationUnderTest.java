package dev.semel.testkit;

import dev.semel.Operation;
import dev.semel.Registry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * Holds the invariants of a registry, for any application: every registered operation
 *
 * <ul>
 *   <li>has a route, or is declared to be for library use only;
 *   <li>is described by an {@link OperationUnderTest}, and none is described that is not registered;
 *   <li>has a handler, emits at least one event and has its documented result id: its whole contract is tried by {@link
 *       ExactlyOnce} and by {@link FaultEnumeration};
 *   <li>is known to the application's telemetry afterwards, if that is given.
 * </ul>
 *
 * <p>One that is added and forgotten anywhere makes the build fail. Knows no web framework: routes come as data.
 *
 * <p>In a method with {@code @TestFactory} of a class with {@code @ExtendWith(PostgresExtension.class)}, which is given its {@link
 * TestDatabase}:
 *
 * <pre>{@code
 * Application shop = source -> Shop.engine(source, Shop::insertAndEmit).build();
 * return ApplicationUnderTest.of(shop.on(database.pool(1)).registry())
 *         .route("POST /orders/payments", "payOrder")
 *         .route("POST /orders", "placeOrder")
 *         .libraryOnly("noteOrder")
 *         .operation(OperationUnderTest.of(Shop.PAY_ORDER, shop).build(Shop.TEA, Shop.DEARER_TEA))
 *         .operation(TestedShop.PLACE_ORDER)
 *         .operation(OperationUnderTest.of(Shop.NOTE_ORDER, shop).build(Shop.TEA, Shop.DEARER_TEA))
 *         .tests(database);
 * }</pre>
 *
 * <p>With Spring MVC the routes are those of the gates:
 *
 * <pre>{@code
 * mapping.getHandlerMethods().forEach((route, method) -> {
 *     Gate gate = method.getMethodAnnotation(Gate.class);
 *     if (gate != null) {
 *         application.route(route.toString(), gate.value());
 *     }
 * });
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class ApplicationUnderTest {
    private final Registry registry;
    private final Map<String, String> routes = new TreeMap<>();
    private final Set<String> libraryOnly = new TreeSet<>();
    private final List<OperationUnderTest<?>> operations = new ArrayList<>();
    private @Nullable Supplier<? extends Collection<String>> telemetry;

    private ApplicationUnderTest(Registry registry) {
        this.registry = registry;
    }

    /** The application with this registry. */
    public static ApplicationUnderTest of(Registry registry) {
        return new ApplicationUnderTest(registry);
    }

    /**
     * A route that is bound to an operation.
     *
     * @param route in failure messages
     * @param operation its name
     */
    public ApplicationUnderTest route(String route, String operation) {
        routes.put(route, operation);
        return this;
    }

    /** All routes, each with the name of its operation. */
    public ApplicationUnderTest routes(Map<String, String> operationsByRoute) {
        routes.putAll(operationsByRoute);
        return this;
    }

    /** An operation without a route, on purpose. */
    public ApplicationUnderTest libraryOnly(String operation) {
        libraryOnly.add(operation);
        return this;
    }

    /** How an operation is tried. */
    public ApplicationUnderTest operation(OperationUnderTest<?> tested) {
        operations.add(tested);
        return this;
    }

    /**
     * The names of the operations that the application's metrics know, asked for after all operations were tried: with
     * Micrometer the values of the tag {@code operation} of {@code idempotent_writes_total}. Without it telemetry is not looked at.
     */
    public ApplicationUnderTest telemetry(Supplier<? extends Collection<String>> names) {
        telemetry = names;
        return this;
    }

    /**
     * The tests, for a method with {@code @TestFactory}. Run them in this order and nothing else on the database meanwhile. An
     * operation takes some seconds.
     */
    public Stream<DynamicTest> tests(TestDatabase database) {
        Stream<DynamicTest> tried = operations.stream()
                .flatMap(tested -> Stream.of(
                        DynamicTest.dynamicTest(
                                name(tested) + " is exactly once",
                                () -> ExactlyOnce.on(database).assertExactlyOnce(tested)),
                        DynamicTest.dynamicTest(
                                name(tested) + " is exactly once whatever fails",
                                () -> FaultEnumeration.run(database, tested))));
        return Stream.of(
                        Stream.of(DynamicTest.dynamicTest("the registry is whole", () -> demandNone(findings()))),
                        tried,
                        measured())
                .flatMap(tests -> tests);
    }

    private Stream<DynamicTest> measured() {
        Supplier<? extends Collection<String>> names = telemetry;
        return names == null
                ? Stream.empty()
                : Stream.of(DynamicTest.dynamicTest("telemetry is whole", () -> demandNone(unmeasured(names.get()))));
    }

    private static void demandNone(List<String> findings) {
        if (!findings.isEmpty()) {
            throw new AssertionError(String.join("\n", findings));
        }
    }

    /** What is missing or too much, one line each. */
    List<String> findings() {
        Set<String> registered = names(registry.operations().stream());
        Set<String> tried = names(operations.stream().map(OperationUnderTest::operation));
        Set<String> routed = new TreeSet<>(routes.values());
        List<String> findings = new ArrayList<>();
        without(registered, tried).forEach(name -> findings.add(name + " is registered and has no OperationUnderTest"));
        without(tried, registered).forEach(name -> findings.add(name + " is tried and not registered"));
        without(without(registered, routed), libraryOnly)
                .forEach(name -> findings.add(name + " has no route and is not declared to be library-only"));
        routes.forEach((route, name) -> {
            if (!registered.contains(name)) {
                findings.add(route + " is bound to " + name + ", which is not registered");
            }
        });
        libraryOnly.stream()
                .filter(name -> routed.contains(name) || !registered.contains(name))
                .forEach(name -> findings.add(name + " is declared to be library-only, but has a route or is unknown"));
        return findings;
    }

    private List<String> unmeasured(Collection<String> measured) {
        return without(names(registry.operations().stream()), measured).stream()
                .map(name -> name + " has no telemetry")
                .toList();
    }

    private static Set<String> without(Collection<String> all, Collection<String> some) {
        Set<String> rest = new TreeSet<>(all);
        some.forEach(rest::remove);
        return rest;
    }

    private static Set<String> names(Stream<? extends Operation<?, ?>> operations) {
        return operations.map(Operation::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(OperationUnderTest<?> tested) {
        return tested.operation().name();
    }
}
