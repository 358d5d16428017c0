package dev.semel.books.inventory;

import dev.semel.books.input.Finding;
import dev.semel.books.input.SelfCheck;
import dev.semel.books.input.SelfChecked;
import dev.semel.books.input.WholeNumber;
import dev.semel.spring.web.Texts;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A change of an item's quantity that is asked for.
 *
 * @param delta a whole number, not zero
 * @param reason 1 to 200 characters
 */
@SelfChecked
public record Adjustment(
        @NotNull @JsonDeserialize(using = WholeNumber.class) Long delta,

        @NotBlank @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String reason)
        implements SelfCheck {
    @Override
    @SuppressWarnings("NullAway") // looked at before its annotations are enforced
    public List<Finding> findings() {
        return delta != null && delta == 0 ? List.of(new Finding.Member("delta", "must not be 0")) : List.of();
    }
}
