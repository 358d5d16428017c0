package dev.semel.books.bank;

import dev.semel.spring.web.StrictId;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import tools.jackson.databind.annotation.JsonDeserialize;

/** The payment that explains a bank transaction; the path says which. */
public record NewReconciliation(
        @NotNull @JsonDeserialize(using = StrictId.class) UUID paymentId) {}
