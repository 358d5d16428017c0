package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.KeyExpiredException;
import dev.semel.KeyReusedException;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.testkit.Shop.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Design §3, step 9: what a retry gets after its key's retention, for each risk. */
@ExtendWith(PostgresExtension.class)
class ExpiryTest {
    private final Shop shop;

    ExpiryTest(TestDatabase database) {
        shop = Shop.open(database);
    }

    private void leaveTombstones() {
        shop.expireKeys();
        shop.run("UPDATE semel.idempotency_keys SET response_body = NULL");
    }

    @Test
    void financialKeyThatExpiredIsStillReplayed() {
        Semel semel = shop.node(2);
        Outcome<Order> first = Shop.pay(semel, "late", Shop.TEA);
        shop.expireKeys();

        Outcome<Order> late = Shop.pay(semel, "late", Shop.TEA);

        assertThat(late.replayed()).isTrue();
        assertThat(late.snapshot()).isEqualTo(first.snapshot());
        assertThatThrownBy(() -> Shop.pay(semel, "late", Shop.DEARER_TEA)).isInstanceOf(KeyReusedException.class);
    }

    @Test
    void financialTombstoneIsAnsweredFromTheCreatedRow() {
        Semel semel = shop.node(2);
        Outcome<Order> first = Shop.pay(semel, "tombstone", Shop.TEA);
        leaveTombstones();

        Outcome<Order> late = Shop.pay(semel, "tombstone", Shop.TEA);

        assertThat(late.replayed()).isTrue();
        assertThat(late.resultId()).isEqualTo(first.resultId());
        assertThat(late.result().amount()).isEqualByComparingTo("12.50");
        assertThat(shop.orders()).isEqualTo(1);
        assertThatThrownBy(() -> Shop.pay(semel, "tombstone", Shop.DEARER_TEA)).isInstanceOf(KeyReusedException.class);
    }

    @Test
    void financialTombstoneWhoseRowIsGoneIsNotExecutedAgain() {
        Semel semel = shop.node(2);
        Shop.pay(semel, "gone", Shop.TEA);
        leaveTombstones();
        shop.run("DELETE FROM shop.orders");

        assertThatThrownBy(() -> Shop.pay(semel, "gone", Shop.TEA)).isInstanceOf(KeyExpiredException.class);
        assertThat(shop.orders()).isZero();
    }

    @Test
    void financialRetryWithoutAnyKeyRecordIsAnsweredFromTheCreatedRow() {
        Semel semel = shop.node(2);
        Outcome<Order> first = Shop.pay(semel, "no-record", Shop.TEA);
        shop.run("DELETE FROM semel.idempotency_keys");

        Outcome<Order> late = Shop.pay(semel, "no-record", Shop.TEA);

        assertThat(late.replayed()).isTrue();
        assertThat(late.resultId()).isEqualTo(first.resultId());
        assertThat(shop.orders()).isEqualTo(1);
        assertThatThrownBy(() -> Shop.pay(semel, "no-record", Shop.DEARER_TEA))
                .as("the audit log knows the first payload")
                .isInstanceOf(KeyReusedException.class);
    }

    @Test
    void retryWithoutAnyRecordOfThePayloadIsRefusedAndNotExecuted() {
        Semel semel = shop.node(2);
        Shop.pay(semel, "no-proof", Shop.TEA);
        shop.run("DELETE FROM semel.idempotency_keys; DELETE FROM semel.idempotent_write_audit_log");

        assertThatThrownBy(() -> Shop.pay(semel, "no-proof", Shop.TEA)).isInstanceOf(KeyExpiredException.class);
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void expiredKeyDoesNotBlockANewExecutionOfOtherRisks() {
        Semel semel = shop.node(2);
        Shop.place(semel, "reused-high", Shop.TEA);
        Shop.note(semel, "reused-standard", Shop.TEA);
        shop.expireKeys();
        shop.run("DELETE FROM shop.orders");

        assertThat(Shop.place(semel, "reused-high", Shop.DEARER_TEA).replayed()).isFalse();
        assertThat(Shop.note(semel, "reused-standard", Shop.DEARER_TEA).replayed())
                .isFalse();
        assertThat(shop.orders()).isEqualTo(2);
        assertThat(shop.keys()).isEqualTo(2);
        assertThat(Shop.place(semel, "reused-high", Shop.DEARER_TEA).replayed()).isTrue();
    }

    @Test
    void expiredKeyWhoseRowStandsIsNotExecutedIntoASecondRow() {
        Semel semel = shop.node(2);
        Shop.place(semel, "stands", Shop.TEA);
        shop.expireKeys();

        assertThatThrownBy(() -> Shop.place(semel, "stands", Shop.TEA)).isInstanceOf(KeyExpiredException.class);
        assertThatThrownBy(() -> Shop.place(semel, "stands", Shop.DEARER_TEA)).isInstanceOf(KeyReusedException.class);
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void resultIdIsTheSameForEverForTenantOperationAndKey() {
        Semel semel = shop.node(2);
        Outcome<Order> first = Shop.place(semel, "for-ever", Shop.TEA);
        shop.expireKeys();
        shop.run("DELETE FROM shop.orders");

        assertThat(Shop.place(semel, "for-ever", Shop.TEA).resultId()).isEqualTo(first.resultId());
        assertThat(first.resultId()).hasToString("3a72620e-5940-59a8-a1e4-4c6ff217c5be");
        assertThat(first.resultId().version()).isEqualTo(5);
    }

    @Test
    void anotherOperationCannotTakeTheKeyOfAFinancialTombstone() {
        Semel semel = shop.node(2);
        Shop.pay(semel, "taken", Shop.TEA);
        leaveTombstones();

        assertThatThrownBy(() -> Shop.place(semel, "taken", Shop.TEA)).isInstanceOf(KeyReusedException.class);
        assertThat(Shop.pay(semel, "taken", Shop.TEA).replayed()).isTrue();
        assertThat(shop.orders()).isEqualTo(1);
    }
}
