package dev.semel.books.employees;

import java.util.UUID;

/** What events tell of an employee: neither name nor salary. Immutable. */
public record EmployeeEvent(UUID id, boolean active) {
    static EmployeeEvent of(Employee employee) {
        return new EmployeeEvent(employee.id(), employee.active());
    }
}
