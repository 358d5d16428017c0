package dev.semel.books.employees;

import dev.semel.Handler;
import dev.semel.Write;

/** Creates an employee, whom payroll pays from now on. Two employees may have one name. */
public final class CreateEmployee implements Handler<NewEmployee, Employee> {
    /** Emitted with an {@link EmployeeEvent}. */
    public static final String EVENT = "employee.created";

    private final EmployeeTable employees;

    /** Writes into that table. */
    public CreateEmployee(EmployeeTable employees) {
        this.employees = employees;
    }

    @Override
    public Employee handle(Write<NewEmployee> write) {
        Employee employee = employees.insert(write.tenant(), write.resultId(), write.payload());
        write.emit(EVENT, "employee:" + employee.id(), EmployeeEvent.of(employee));
        return employee;
    }
}
