package dev.semel.books.employees;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An employee. Immutable.
 *
 * @param salary of a month
 * @param active whether payroll pays the employee
 * @param leftAt since when not; absent while active
 */
public record Employee(
        UUID id,
        String name,
        @Nullable String email,
        Salary salary,
        boolean active,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant leftAt,

        Instant createdAt) {}
