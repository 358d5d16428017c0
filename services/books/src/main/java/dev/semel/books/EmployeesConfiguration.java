package dev.semel.books;

import dev.semel.books.employees.CreateEmployee;
import dev.semel.books.employees.EmployeeController;
import dev.semel.books.employees.EmployeeTable;
import dev.semel.books.employees.Leaving;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.web.TenantReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of employees. */
@Configuration(proxyBeanMethods = false)
class EmployeesConfiguration {
    @Bean
    SemelConfigurer employeesConfigurer(EmployeeTable employees) {
        return configurer(employees);
    }

    static SemelConfigurer configurer(EmployeeTable employees) {
        return builder -> builder.register(BooksOperations.CREATE_EMPLOYEE)
                .recall(BooksOperations.CREATE_EMPLOYEE, (connection, tenant, id) -> employees.find(tenant, id))
                .register(BooksOperations.END_EMPLOYMENT);
    }

    @Bean
    EmployeeTable employeeTable(JdbcClient jdbc) {
        return new EmployeeTable(jdbc);
    }

    @Bean
    CreateEmployee createEmployee(EmployeeTable employees) {
        return new CreateEmployee(employees);
    }

    @Bean
    Leaving leaving(EmployeeTable employees) {
        return new Leaving(employees);
    }

    @Bean
    EmployeeController employeeController(
            CreateEmployee createEmployee, Leaving leaving, EmployeeTable employees, TenantReads booksTenantReads) {
        return new EmployeeController(createEmployee, leaving, employees, booksTenantReads);
    }
}
