package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Registry;
import dev.semel.testkit.OperationUnderTest.Application;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ApplicationUnderTestTest {
    private final TestDatabase database;

    ApplicationUnderTestTest(TestDatabase database) {
        this.database = database;
        Shop.open(database);
    }

    private static ApplicationUnderTest whole() {
        return ApplicationUnderTest.of(Registry.of(List.of(Shop.PAY_ORDER, Shop.NOTE_ORDER)))
                .routes(Map.of("POST /payments", "payOrder"))
                .libraryOnly("noteOrder")
                .operation(TestedShop.PAY_ORDER)
                .operation(TestedShop.NOTE_ORDER);
    }

    /** The documented example. */
    @TestFactory
    Stream<DynamicTest> everyOperationKeepsItsContract() {
        Application shop = source -> Shop.engine(source, Shop::insertAndEmit).build();
        return ApplicationUnderTest.of(shop.on(database.pool(1)).registry())
                .route("POST /orders/payments", "payOrder")
                .route("POST /orders", "placeOrder")
                .libraryOnly("noteOrder")
                .operation(OperationUnderTest.of(Shop.PAY_ORDER, shop).build(Shop.TEA, Shop.DEARER_TEA))
                .operation(TestedShop.PLACE_ORDER)
                .operation(OperationUnderTest.of(Shop.NOTE_ORDER, shop).build(Shop.TEA, Shop.DEARER_TEA))
                .tests(database);
    }

    @Test
    void wholeRegistryHasNoFinding() {
        assertThat(whole().findings()).isEmpty();
    }

    @Test
    void whatIsMissingOrTooMuchIsNamed() {
        ApplicationUnderTest holed = ApplicationUnderTest.of(
                        Registry.of(List.of(Shop.PAY_ORDER, Shop.NOTE_ORDER, Shop.ORDER_SET)))
                .route("POST /notes", "noteOrder")
                .route("POST /lost", "lostOrder")
                .libraryOnly("noteOrder")
                .operation(TestedShop.PAY_ORDER)
                .operation(TestedShop.NOTE_ORDER)
                .operation(TestedShop.PLACE_ORDER);

        assertThat(holed.findings())
                .containsExactlyInAnyOrder(
                        "orderSet is registered and has no OperationUnderTest",
                        "placeOrder is tried and not registered",
                        "orderSet has no route and is not declared to be library-only",
                        "payOrder has no route and is not declared to be library-only",
                        "POST /lost is bound to lostOrder, which is not registered",
                        "noteOrder is declared to be library-only, but has a route or is unknown");
    }

    @Test
    void eachOperationIsTriedBothWaysAndMeasuredAtLast() {
        List<DynamicTest> tests =
                whole().telemetry(() -> List.of("payOrder")).tests(database).toList();

        assertThat(tests)
                .extracting(DynamicTest::getDisplayName)
                .containsExactly(
                        "the registry is whole",
                        "payOrder is exactly once",
                        "payOrder is exactly once whatever fails",
                        "noteOrder is exactly once",
                        "noteOrder is exactly once whatever fails",
                        "telemetry is whole");
        assertThatThrownBy(() -> tests.get(5).getExecutable().execute()).hasMessage("noteOrder has no telemetry");
    }

    @Test
    void telemetryThatIsNotGivenIsNoTest() {
        assertThat(whole().tests(database))
                .extracting(DynamicTest::getDisplayName)
                .hasSize(5)
                .doesNotContain("telemetry is whole");
    }

    @Test
    void operationWithoutAHandlerIsFound() {
        OperationUnderTest<?> handlerless = OperationUnderTest.of(
                        Shop.NOTE_ORDER,
                        source -> Shop.engine(source, Shop::insert)
                                .register(Shop.ORDER_SET)
                                .build(),
                        (semel, caller, key, order) -> semel.execute(Shop.ORDER_SET, caller, key, Shop.TEA))
                .build("", "");

        assertThatThrownBy(() -> ExactlyOnce.on(database).assertExactlyOnce(handlerless))
                .hasStackTraceContaining("has no registered handler");
    }
}
