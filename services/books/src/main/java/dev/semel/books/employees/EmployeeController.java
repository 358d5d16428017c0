package dev.semel.books.employees;

import dev.semel.Write;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.PathIds;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of employees. */
@RestController
@RequestMapping("/api/employees")
public final class EmployeeController {
    private final CreateEmployee createEmployee;
    private final Leaving leaving;
    private final EmployeeTable employees;
    private final TenantReads reads;

    /** Serves the handlers and the table. */
    public EmployeeController(
            CreateEmployee createEmployee, Leaving leaving, EmployeeTable employees, TenantReads reads) {
        this.createEmployee = createEmployee;
        this.leaving = leaving;
        this.employees = employees;
        this.reads = reads;
    }

    /** Creates an employee. */
    @PostMapping
    @Gate("createEmployee")
    public Employee create(@RequestBody NewEmployee body, Write<NewEmployee> write) {
        return createEmployee.handle(write);
    }

    /** The employee leaves. */
    @PostMapping("/{id}/leave")
    @Gate("endEmployment")
    public Employee leave(@PathVariable String id, @RequestBody EndEmployment body, Write<EndEmployment> write) {
        return leaving.handle(id, write);
    }

    /** The employees, in the order of their creation. */
    @GetMapping
    public Page<Employee> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(request, tenant -> employees.page(tenant, page));
    }

    /** One employee. */
    @GetMapping("/{id}")
    public Employee get(@PathVariable String id, HttpServletRequest request) {
        return reads.read(request, tenant -> find(tenant, PathIds.parse(id, "employee")));
    }

    private Employee find(String tenant, UUID id) {
        return employees.find(tenant, id).orElseThrow(() -> PathIds.notFound("employee"));
    }
}
