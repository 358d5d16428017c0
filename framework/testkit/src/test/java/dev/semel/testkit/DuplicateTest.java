package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Key;
import dev.semel.KeyReusedException;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.ReentryException;
import dev.semel.RejectedException;
import dev.semel.ResultTooLargeException;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.jackson.JacksonCodec;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Design §3, steps 5 and 6: duplicates, misuse, nesting, and what is stored. */
@ExtendWith(PostgresExtension.class)
class DuplicateTest {
    private final Shop shop;

    DuplicateTest(TestDatabase database) {
        shop = Shop.open(database);
    }

    @Test
    void replayAnswersTheSameBytesAndResult() {
        Semel semel = shop.node(2);

        Outcome<Order> first = Shop.pay(semel, "again", Shop.TEA);
        Outcome<Order> second = Shop.pay(semel, "again", Shop.TEA);
        Outcome<Order> elsewhere = Shop.pay(shop.node(2), "again", Shop.TEA);

        assertThat(first).isInstanceOf(Outcome.Executed.class);
        assertThat(second).isInstanceOf(Outcome.Replayed.class);
        assertThat(second.snapshot()).isEqualTo(first.snapshot());
        assertThat(elsewhere.snapshot()).isEqualTo(first.snapshot());
        assertThat(elsewhere.result()).isEqualTo(first.result());
    }

    @Test
    void otherPayloadUnderAUsedKeyIsRefusedAndWritesNothing() {
        Semel semel = shop.node(2);
        Shop.pay(semel, "used", Shop.TEA);

        assertThatThrownBy(() -> Shop.pay(semel, "used", Shop.DEARER_TEA)).isInstanceOf(KeyReusedException.class);
        assertThat(shop.orders()).isEqualTo(1);
        assertThat(shop.auditRows()).isEqualTo(1);
    }

    @Test
    void otherOperationUnderAUsedKeyIsRefusedAndWritesNothing() {
        Semel semel = shop.node(2);
        Shop.pay(semel, "one-key", Shop.TEA);

        assertThatThrownBy(() -> Shop.place(semel, "one-key", Shop.TEA)).isInstanceOf(KeyReusedException.class);
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void rejectionIsNotStoredAndTheKeyStaysFree() {
        AtomicInteger executions = new AtomicInteger();
        Semel semel = shop.node(write -> {
            Order order = Shop.insertAndEmit(write);
            if (executions.incrementAndGet() == 1) {
                throw RejectedException.rule("OUT_OF_TEA", "No tea left.");
            }
            return order;
        });

        assertThatThrownBy(() -> Shop.pay(semel, "rejected", Shop.TEA))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.code()).isEqualTo("OUT_OF_TEA"));
        assertThat(shop.orders() + shop.keys() + shop.events() + shop.auditRows())
                .isZero();
        assertThat(Shop.pay(semel, "rejected", Shop.DEARER_TEA).replayed()).isFalse();
    }

    @Test
    void rememberedRejectionIsCommittedWithoutTheHandlersRowsAndAnsweredAgain() {
        AtomicInteger executions = new AtomicInteger();
        Semel semel = shop.node(write -> {
            executions.incrementAndGet();
            Shop.insertAndEmit(write);
            throw RejectedException.conflict("NO_TEA_LEFT", "No tea left.");
        });

        for (boolean replayed : new boolean[] {false, true, true}) {
            assertThatThrownBy(() -> Shop.note(semel, "remembered", Shop.TEA))
                    .isInstanceOfSatisfying(RejectedException.class, e -> {
                        assertThat(e.code()).isEqualTo("NO_TEA_LEFT");
                        assertThat(e.reason()).isEqualTo(RejectedException.Reason.CONFLICT);
                        assertThat(e).hasMessage("No tea left.");
                        assertThat(e.replayed()).isEqualTo(replayed);
                    });
        }
        assertThat(executions).hasValue(1);
        assertThat(shop.orders() + shop.events()).isZero();
        assertThat(shop.keys()).isEqualTo(1);
        assertThatThrownBy(() -> Shop.note(semel, "remembered", Shop.DEARER_TEA))
                .isInstanceOf(KeyReusedException.class);
    }

    @Test
    void operationThatRemembersRejectionsExecutesAndReplaysAsAnyOther() {
        Semel semel = shop.node(2);

        assertThat(Shop.note(semel, "fine", Shop.TEA).replayed()).isFalse();
        assertThat(Shop.note(semel, "fine", Shop.TEA).replayed()).isTrue();
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void writeInsideAWriteIsRefusedInsteadOfWaitingForItself() {
        AtomicReference<Semel> self = new AtomicReference<>();
        Semel semel = shop.node(write -> {
            Shop.pay(self.get(), "reentry", Shop.TEA);
            return Shop.insert(write);
        });
        self.set(semel);

        assertThatThrownBy(() -> Shop.pay(semel, "reentry", Shop.TEA)).isInstanceOf(ReentryException.class);
        assertThat(shop.orders() + shop.keys()).isZero();
    }

    @Test
    void nestedWritesTakeEffectTogetherUnderChildKeys() {
        AtomicReference<Boolean> fail = new AtomicReference<>(true);
        Semel semel = Shop.engine(shop.pool(2), write -> {
                    write.nested(
                            Shop.NOTE_ORDER,
                            "a",
                            new NewOrder("cup", write.payload().amount()));
                    write.nested(
                            Shop.NOTE_ORDER,
                            "b",
                            new NewOrder("cup", write.payload().amount()));
                    if (fail.get()) {
                        throw new IllegalStateException("after the nested writes");
                    }
                    return Shop.insert(write);
                })
                .handle(Shop.NOTE_ORDER, Shop::insert)
                .build();

        assertThatThrownBy(() -> Shop.pay(semel, "outer", Shop.TEA)).isInstanceOf(IllegalStateException.class);
        assertThat(shop.orders() + shop.keys()).isZero();
        fail.set(false);
        assertThat(Shop.pay(semel, "outer", Shop.TEA).replayed()).isFalse();
        assertThat(shop.orders()).isEqualTo(3);
        assertThat(shop.keys()).isEqualTo(3);
        assertThat(shop.auditRows()).isEqualTo(3);
        assertThat(Shop.pay(semel, "outer", Shop.TEA).replayed()).isTrue();
        assertThat(shop.orders()).isEqualTo(3);
    }

    @Test
    void nestedWriteThatHappenedBeforeIsReplayedInsideTheNewOne() {
        AtomicReference<Outcome<Order>> inner = new AtomicReference<>();
        Semel semel = Shop.engine(shop.pool(2), write -> {
                    write.nested(Shop.NOTE_ORDER, "same", Shop.TEA);
                    inner.set(write.nested(Shop.NOTE_ORDER, "other", Shop.TEA));
                    return Shop.insert(write);
                })
                .handle(Shop.NOTE_ORDER, Shop::insert)
                .build();
        semel.execute(Shop.NOTE_ORDER, Shop.caller("acme"), Key.of("outer").child("noteOrder:other"), Shop.TEA);

        Shop.pay(semel, "outer", Shop.TEA);

        assertThat(inner.get().replayed()).isTrue();
        assertThat(shop.orders()).isEqualTo(3);
    }

    @Test
    void resultBeyondTheCapFailsTheWrite() {
        Operation<NewOrder, String> wordy = Operation.standard("wordy", NewOrder.class, String.class)
                .maxResultBytes(100)
                .build();
        Semel semel = Semel.builder(Transactions.of(shop.pool(2)), JacksonCodec.ofDefaults())
                .handle(wordy, write -> Shop.insert(write).item().repeat(100))
                .build();

        assertThatThrownBy(() -> semel.execute(wordy, Shop.caller("acme"), Key.of("wordy"), Shop.TEA))
                .isInstanceOf(ResultTooLargeException.class);
        assertThat(shop.orders() + shop.keys()).isZero();
    }

    @Test
    void resultsKeepTheirBytesWhateverTheyHold() {
        Operation<NewOrder, String> odd =
                Operation.standard("odd", NewOrder.class, String.class).build();
        String text = "nul \0, é, 漢, 🫖, \\ and \"";
        Semel semel = Semel.builder(Transactions.of(shop.pool(2)), JacksonCodec.ofDefaults())
                .handle(odd, write -> text)
                .build();

        semel.execute(odd, Shop.caller("acme"), Key.of("odd"), Shop.TEA);

        assertThat(semel.execute(odd, Shop.caller("acme"), Key.of("odd"), Shop.TEA)
                        .result())
                .isEqualTo(text);
    }

    @Test
    void nestedRejectionThatTheOuterHandlerSwallowsStillFailsTheWhole() {
        Semel semel = Shop.engine(shop.pool(2), write -> {
                    try {
                        write.nested(Shop.NOTE_ORDER, "a", Shop.TEA);
                    } catch (RejectedException swallowed) {
                        return Shop.insert(write);
                    }
                    throw new AssertionError("the nested write was not rejected");
                })
                .handle(Shop.NOTE_ORDER, write -> {
                    Shop.insertAndEmit(write);
                    throw RejectedException.rule("OUT_OF_CUPS", "No cups left.");
                })
                .build();

        assertThatThrownBy(() -> Shop.pay(semel, "swallowed", Shop.TEA)).isInstanceOf(RejectedException.class);
        assertThat(shop.orders() + shop.keys() + shop.events() + shop.auditRows())
                .isZero();
    }

    /** Not an exception, but no less a failure: its rows are there and its key is not. */
    @Test
    void nestedErrorThatTheOuterHandlerSwallowsStillFailsTheWhole() {
        Semel semel = Shop.engine(shop.pool(2), write -> {
                    try {
                        write.nested(Shop.NOTE_ORDER, "a", Shop.TEA);
                    } catch (AssertionError swallowed) {
                        return Shop.insert(write);
                    }
                    throw new IllegalStateException("the nested write did not fail");
                })
                .handle(Shop.NOTE_ORDER, write -> {
                    Shop.insertAndEmit(write);
                    throw new AssertionError("as asked");
                })
                .build();

        assertThatThrownBy(() -> Shop.pay(semel, "swallowed", Shop.TEA)).hasRootCauseMessage("as asked");
        assertThat(shop.orders() + shop.keys() + shop.events() + shop.auditRows())
                .isZero();
    }

    @Test
    void twoNestedWritesOfOneNameAreRefused() {
        Semel semel = Shop.engine(shop.pool(2), write -> {
                    write.nested(Shop.NOTE_ORDER, "same", Shop.TEA);
                    write.nested(Shop.NOTE_ORDER, "same", Shop.TEA);
                    return Shop.insert(write);
                })
                .handle(Shop.NOTE_ORDER, Shop::insert)
                .build();

        assertThatThrownBy(() -> Shop.pay(semel, "twice", Shop.TEA)).isInstanceOf(ReentryException.class);
        assertThat(shop.orders() + shop.keys()).isZero();
    }
}
