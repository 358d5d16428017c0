package dev.semel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationTest {
    private static final Operation<String, String> PAY = Operation.financial("pay", String.class, String.class)
            .emits("payment.recorded")
            .build();

    private static final PayloadCodec NO_CODEC = new PayloadCodec() {
        @Override
        public byte[] write(Object value) {
            return new byte[0];
        }

        @Override
        public <T> T read(byte[] json, Class<T> type) {
            throw InvalidPayloadException.malformed("never read");
        }

        @Override
        public byte[] canonical(byte[] json) {
            return json;
        }
    };

    private static final Transactions NO_TRANSACTIONS = new Transactions() {
        @Override
        public <T> T run(TransactionBody<T> body) {
            throw new AssertionError("no transaction is needed to build an engine");
        }
    };

    @Test
    void retentionIsBetweenOneAndThreeDaysAndTwoByDefault() {
        assertThat(PAY.retention()).isEqualTo(Duration.ofHours(48));
        for (Duration wrong : List.of(Duration.ofHours(23), Duration.ofHours(73))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            Operation.standard("x", String.class, String.class).retention(wrong));
        }
    }

    @Test
    void namesThatCouldBreakALogOrAnIdAreRefused() {
        for (String wrong : List.of("", "a b", "a\"b", "1a", "a".repeat(65))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Operation.standard(wrong, String.class, String.class));
        }
    }

    @Test
    void callersThatCouldBreakALogOrASettingAreRefused() {
        for (String wrong : List.of("", "a'b", "a b", "-a", "a".repeat(65))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Caller(wrong, "u", "r"));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Caller("t", " ", "r"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Caller("t", "u", "r\n"));
    }

    @Test
    void financialOperationWithoutRecallDoesNotStart() {
        Semel.Builder builder = Semel.builder(NO_TRANSACTIONS, NO_CODEC).handle(PAY, write -> "paid");

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("recall");
    }

    @Test
    void twoOperationsOfOneNameDoNotStart() {
        Operation<String, String> twin =
                Operation.standard("pay", String.class, String.class).build();

        assertThatIllegalArgumentException().isThrownBy(() -> Registry.of(List.of(PAY, twin)));
    }

    @Test
    void operationThatIsNotRegisteredIsNotExecuted() {
        Semel semel = Semel.builder(NO_TRANSACTIONS, NO_CODEC).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> semel.execute(PAY, new Caller("t", "u", "r"), Key.of("k"), "p"));
    }

    @Test
    void fingerprintCoversOperationVariablesAndBody() {
        byte[] body = {1};
        Fingerprint fingerprint = Fingerprint.of("pay", Map.of("id", "7"), body);

        assertThat(Fingerprint.of("pay", Map.of("id", "7"), body)).isEqualTo(fingerprint);
        assertThat(Fingerprint.of("pay2", Map.of("id", "7"), body)).isNotEqualTo(fingerprint);
        assertThat(Fingerprint.of("pay", Map.of("id", "8"), body)).isNotEqualTo(fingerprint);
        assertThat(Fingerprint.of("pay", Map.of("id", "7"), new byte[] {2})).isNotEqualTo(fingerprint);
        assertThat(Fingerprint.of("pay", Map.of("i", "d7"), body)).isNotEqualTo(fingerprint);
    }
}
