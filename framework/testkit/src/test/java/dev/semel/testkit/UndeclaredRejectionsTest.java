package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Key;
import dev.semel.RejectedException;
import dev.semel.Semel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the test kit is, what an operation refuses with is what it declares. */
@ExtendWith(PostgresExtension.class)
class UndeclaredRejectionsTest {
    private final Shop shop;

    UndeclaredRejectionsTest(TestDatabase database) {
        shop = Shop.open(database);
    }

    private Semel refusing(RejectedException refusal) {
        return shop.node(write -> {
            Shop.insertAndEmit(write);
            throw refusal;
        });
    }

    private void assertFailure(Runnable call, String says) {
        assertThatThrownBy(call::run)
                .isInstanceOf(AssertionError.class)
                .hasMessage(says)
                .hasCauseInstanceOf(RejectedException.class);
        assertThat(shop.orders() + shop.keys() + shop.events() + shop.auditRows())
                .isZero();
    }

    @Test
    void codeThatIsNotDeclaredFails() {
        Semel semel = refusing(RejectedException.rule("NOBODY_KNOWS", "Who would have thought?"));

        assertFailure(
                () -> Shop.pay(semel, "k", Shop.TEA),
                "payOrder refuses with NOBODY_KNOWS and does not declare it: add .rejects(Reason.RULE, \"NOBODY_KNOWS\")");
    }

    @Test
    void codeThatIsDeclaredForAnotherReasonFails() {
        Semel semel = refusing(RejectedException.conflict("OUT_OF_TEA", "No tea left."));

        assertFailure(
                () -> Shop.pay(semel, "k", Shop.TEA),
                "payOrder refuses with OUT_OF_TEA and does not declare it: add .rejects(Reason.CONFLICT, \"OUT_OF_TEA\")");
    }

    @Test
    void rejectionThatWouldBeRememberedFailsAsWell() {
        Semel semel = refusing(RejectedException.rule("NOBODY_KNOWS", "Who would have thought?"));

        assertFailure(
                () -> Shop.note(semel, "k", Shop.TEA),
                "noteOrder refuses with NOBODY_KNOWS and does not declare it: add .rejects(Reason.RULE, \"NOBODY_KNOWS\")");
    }

    @Test
    void whatANestedWriteRefusesIsTheOuterOperationsToDeclare() {
        Semel semel = Shop.engine(shop.pool(2), write -> {
                    write.nested(Shop.NOTE_ORDER, "a", Shop.TEA);
                    return Shop.insert(write);
                })
                .handle(Shop.NOTE_ORDER, write -> {
                    throw RejectedException.rule("TOO_LATE", "The order was noted long ago.");
                })
                .build();

        assertFailure(
                () -> semel.execute(Shop.PAY_ORDER, Shop.caller("acme"), Key.of("outer"), Shop.TEA),
                "payOrder refuses with TOO_LATE and does not declare it: add .rejects(Reason.RULE, \"TOO_LATE\")");
    }

    @Test
    void thatSomethingDoesNotExistNeedsNoDeclaration() {
        Semel semel = refusing(RejectedException.notFound("There is no such tea."));

        assertThatThrownBy(() -> Shop.pay(semel, "k", Shop.TEA)).isInstanceOf(RejectedException.class);
    }
}
