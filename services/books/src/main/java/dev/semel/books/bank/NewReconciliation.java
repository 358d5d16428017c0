package dev.semel.books.bank;

import dev.semel.books.input.Finding;
import dev.semel.books.input.SelfCheck;
import dev.semel.books.input.SelfChecked;
import dev.semel.spring.web.StrictId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What explains a bank transaction, one of the two; the path says which transaction.
 *
 * @param paymentId what came in
 * @param refundId what went out
 */
@SelfChecked
public record NewReconciliation(
        @JsonDeserialize(using = StrictId.class) @Nullable UUID paymentId,

        @JsonDeserialize(using = StrictId.class) @Nullable UUID refundId)
        implements SelfCheck {
    @Override
    public List<Finding> findings() {
        return (paymentId == null) == (refundId == null)
                ? List.of(new Finding.Member("paymentId", "either paymentId or refundId is needed, and not both"))
                : List.of();
    }
}
