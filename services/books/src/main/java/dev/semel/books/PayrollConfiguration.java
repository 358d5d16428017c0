package dev.semel.books;

import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.payroll.ExecutePayroll;
import dev.semel.books.payroll.PayrollController;
import dev.semel.books.payroll.PayrollReads;
import dev.semel.books.payroll.PayrollReversal;
import dev.semel.books.payroll.PayrollRunTable;
import dev.semel.books.payroll.PayslipTable;
import dev.semel.books.payroll.RunDeductionTable;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.web.TenantReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of payroll. */
@Configuration(proxyBeanMethods = false)
class PayrollConfiguration {
    @Bean
    SemelConfigurer payrollConfigurer(PayrollReads payroll, PayrollRunTable runs) {
        return configurer(payroll, runs);
    }

    static SemelConfigurer configurer(PayrollReads payroll, PayrollRunTable runs) {
        return builder -> builder.register(BooksOperations.EXECUTE_PAYROLL)
                .recall(BooksOperations.EXECUTE_PAYROLL, (connection, tenant, id) -> payroll.find(tenant, id))
                .register(BooksOperations.REVERSE_PAYROLL_RUN)
                .recall(BooksOperations.REVERSE_PAYROLL_RUN, (connection, tenant, id) -> runs.findReversed(tenant, id));
    }

    @Bean
    PayrollRunTable payrollRunTable(JdbcClient jdbc) {
        return new PayrollRunTable(jdbc);
    }

    @Bean
    RunDeductionTable runDeductionTable(JdbcClient jdbc) {
        return new RunDeductionTable(jdbc);
    }

    @Bean
    PayslipTable payslipTable(JdbcClient jdbc) {
        return new PayslipTable(jdbc);
    }

    @Bean
    PayrollReads payrollReads(PayrollRunTable runs, RunDeductionTable deductions, PayslipTable payslips) {
        return new PayrollReads(runs, deductions, payslips);
    }

    @Bean
    ExecutePayroll executePayroll(
            PayrollRunTable runs, RunDeductionTable deductions, PayslipTable payslips, JournalEntryTable journal) {
        return new ExecutePayroll(runs, deductions, payslips, journal);
    }

    @Bean
    PayrollReversal payrollReversal(PayrollRunTable runs, JournalEntryTable journal) {
        return new PayrollReversal(runs, journal);
    }

    @Bean
    PayrollController payrollController(
            ExecutePayroll executePayroll,
            PayrollReversal payrollReversal,
            PayrollReads payroll,
            TenantReads booksTenantReads) {
        return new PayrollController(executePayroll, payrollReversal, payroll, booksTenantReads);
    }
}
