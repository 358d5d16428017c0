package dev.semel.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.InvalidPayloadException;
import dev.semel.RejectedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
    @ParameterizedTest
    @ValueSource(ints = {0, -1, 501, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void limitOutOfBoundsIsRefused(int limit) {
        assertThatExceptionOfType(InvalidPayloadException.class)
                .isThrownBy(() -> new PageRequest(limit, null))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("VALIDATION_FAILED"));
    }

    @Test
    void cursorLeadsBackToItsPosition() {
        CreationPosition position =
                new CreationPosition(Instant.parse("2026-11-22T10:15:30.123456Z"), UUID.randomUUID());
        assertThat(CreationPosition.of(new PageRequest(1, position.cursor()))).isEqualTo(position);
        NumberPosition number = new NumberPosition(42);
        assertThat(NumberPosition.of(new PageRequest(1, number.cursor()))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "!",
                "\u00FC",
                "n",
                "n-1",
                "n9999999999999999999",
                "c",
                "c1",
                "c1/x",
                "c-1/6f1f1c1e-0000-5000-8000-000000000000",
                "c999999999999999999/6f1f1c1e-0000-5000-8000-000000000000",
                "c1/1-1-1-1-1"
            })
    void cursorThatWasNeverGivenIsRefused(String text) {
        String encoded = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        for (String cursor : List.of(text, encoded)) {
            assertThatExceptionOfType(InvalidPayloadException.class)
                    .isThrownBy(() -> CreationPosition.of(new PageRequest(1, cursor)));
            assertThatExceptionOfType(InvalidPayloadException.class)
                    .isThrownBy(() -> NumberPosition.of(new PageRequest(1, cursor)));
        }
    }

    @Test
    void cursorOfAnotherKindOfCollectionIsRefused() {
        String number = new NumberPosition(1).cursor();
        assertThatExceptionOfType(InvalidPayloadException.class)
                .isThrownBy(() -> CreationPosition.of(new PageRequest(1, number)));
    }

    @Test
    void lastPageHasNoNextCursor() {
        PageRequest request = new PageRequest(2, "");
        assertThat(Page.of(List.of("a", "b"), request, x -> x)).isEqualTo(new Page<>(List.of("a", "b"), null));
        assertThat(Page.of(List.of("a", "b", "c"), request, x -> x)).isEqualTo(new Page<>(List.of("a", "b"), "b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1-1-1-1-1",
                "{6f1f1c1e-0000-5000-8000-000000000000}",
                "6f1f1c1e000050008000000000000000"
            })
    void idThatIsNoneIsNotFound(String id) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> PathIds.parse(id, "invoice"))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(RejectedException.Reason.NOT_FOUND));
    }
}
