package dev.semel.books.employees;

import dev.semel.Write;
import dev.semel.spring.web.PathIds;
import java.util.UUID;

/** An employee leaves: the next payroll does not pay them, what was paid stays. Who has left before stays as they are. */
public final class Leaving {
    /** Emitted with an {@link EmployeeEvent}. */
    public static final String EVENT = "employee.left";

    private final EmployeeTable employees;

    /** Writes into that table. */
    public Leaving(EmployeeTable employees) {
        this.employees = employees;
    }

    /**
     * The body of the write.
     *
     * @param id the employee's, as the path has it
     * @throws dev.semel.RejectedException if there is no such employee
     */
    public Employee handle(String id, Write<EndEmployment> write) {
        UUID employee = PathIds.parse(id, "employee");
        Employee left = employees.leave(write.tenant(), employee).orElseThrow(() -> PathIds.notFound("employee"));
        write.emit(EVENT, "employee:" + employee, EmployeeEvent.of(left));
        return left;
    }
}
