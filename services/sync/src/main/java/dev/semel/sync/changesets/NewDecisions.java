package dev.semel.sync.changesets;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Words on files of a changeset: all of them count, or none.
 *
 * @param revision that they are about
 * @param decisions 1 to 1,000, each on another file
 */
public record NewDecisions(
        @Min(1) int revision,
        @NotNull @NotEmpty @Size(max = 1_000) List<@NotNull @Valid FileDecision> decisions) {}
