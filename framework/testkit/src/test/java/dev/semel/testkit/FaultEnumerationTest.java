package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Key;
import dev.semel.testkit.Shop.NewOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class FaultEnumerationTest {
    private final TestDatabase database;

    FaultEnumerationTest(TestDatabase database) {
        this.database = database;
        Shop.open(database);
    }

    private void assertExactlyOnceWhateverFails(OperationUnderTest<NewOrder> tested) {
        FaultEnumeration.Report report = FaultEnumeration.run(database, tested);

        assertThat(report.violations()).isEmpty();
        assertThat(report.points()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void financialOperationWithAnEvent() {
        assertExactlyOnceWhateverFails(TestedShop.PAY_ORDER);
    }

    @Test
    void operationThatStartsAWorkflow() {
        assertExactlyOnceWhateverFails(TestedShop.PLACE_ORDER);
    }

    @Test
    void operationThatRemembersRejections() {
        assertExactlyOnceWhateverFails(TestedShop.NOTE_ORDER);
    }

    @Test
    void rememberedRejection() {
        assertExactlyOnceWhateverFails(TestedShop.REJECTED_NOTE);
    }

    @Test
    void operationWithSeveralEventsAndANestedWrite() {
        assertExactlyOnceWhateverFails(TestedShop.ORDER_SET);
    }

    @Test
    void handlerThatCommitsHalfIsFound() {
        OperationUnderTest<NewOrder> tested =
                TestedShop.with(Shop.PAY_ORDER, TestedShop.alsoInsertingElsewhere(database.pool(2)));

        assertThatThrownBy(() -> FaultEnumeration.run(database, tested))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("left {shop.orders=[+{")
                .hasMessageContaining("FAILS_FROM_HERE_ON at call");
    }

    @Test
    void engineThatForgetsItsKeysIsFound() {
        OperationUnderTest<NewOrder> forgetful = TestedShop.asking(
                Shop.PAY_ORDER,
                (semel, caller, key, order) ->
                        semel.execute(Shop.PAY_ORDER, caller, Key.of(key.value() + System.nanoTime()), order));

        assertThatThrownBy(() -> FaultEnumeration.run(database, forgetful))
                .hasMessageContaining("was executed once more after its retry");
    }
}
