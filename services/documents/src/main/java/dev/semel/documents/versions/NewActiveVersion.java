package dev.semel.documents.versions;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/**
 * Which version is to be the active one.
 *
 * @param version its number
 */
public record NewActiveVersion(@NotNull @Positive Long version) {}
