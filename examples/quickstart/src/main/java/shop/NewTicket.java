package shop;

import jakarta.validation.constraints.NotBlank;

record NewTicket(@NotBlank String show, @NotBlank String seat) {}
