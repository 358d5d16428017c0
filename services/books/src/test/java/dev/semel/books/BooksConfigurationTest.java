package dev.semel.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.PayloadCodec;
import dev.semel.Semel;
import dev.semel.books.bank.BankTransactionController;
import dev.semel.books.customers.CustomerController;
import dev.semel.books.invoices.InvoiceController;
import dev.semel.books.ledger.LedgerController;
import dev.semel.books.payments.PaymentController;
import dev.semel.jackson.JacksonCodec;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.SemelConfigurer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(BooksExtension.class)
class BooksConfigurationTest {
    private static TestBooks shared;

    /** What the importing application has. */
    @Configuration(proxyBeanMethods = false)
    static class Surroundings {
        @Bean
        JdbcClient jdbcClient() {
            return shared.jdbc();
        }

        @Bean
        Semel semel() {
            return shared.semel();
        }

        @Bean
        PayloadCodec payloadCodec() {
            return JacksonCodec.ofDefaults();
        }

        @Bean
        CallerResolver callerResolver() {
            return (request, requestId) -> TestBooks.newCaller();
        }
    }

    @Test
    void configurationBringsRoutesAndOperations(TestBooks books) {
        shared = books;
        try (var context = new AnnotationConfigApplicationContext(Surroundings.class, BooksConfiguration.class)) {
            assertThat(context.getBean(CustomerController.class)).isNotNull();
            assertThat(context.getBean(InvoiceController.class)).isNotNull();
            assertThat(context.getBean(PaymentController.class)).isNotNull();
            assertThat(context.getBean(LedgerController.class)).isNotNull();
            assertThat(context.getBean(BankTransactionController.class)).isNotNull();
            assertThat(context.getBeansOfType(SemelConfigurer.class)).isNotEmpty();
        }
        assertThat(books.semel().registry().operations())
                .containsExactlyInAnyOrder(
                        BooksOperations.CREATE_CUSTOMER,
                        BooksOperations.CREATE_INVOICE,
                        BooksOperations.FINALIZE_INVOICE,
                        BooksOperations.CREATE_PAYMENT,
                        BooksOperations.REVERSE_PAYMENT,
                        BooksOperations.CREATE_CREDIT_NOTE,
                        BooksOperations.CREATE_REFUND,
                        BooksOperations.REVERSE_REFUND,
                        BooksOperations.CREATE_EMPLOYEE,
                        BooksOperations.END_EMPLOYMENT,
                        BooksOperations.EXECUTE_PAYROLL,
                        BooksOperations.REVERSE_PAYROLL_RUN,
                        BooksOperations.UPDATE_COMPANY_SETTINGS,
                        BooksOperations.GRANT_USER_ACCESS,
                        BooksOperations.REVOKE_USER_ACCESS,
                        BooksOperations.CREATE_ITEM,
                        BooksOperations.ADJUST_INVENTORY,
                        BooksOperations.IMPORT_BANK_TRANSACTIONS,
                        BooksOperations.RECONCILE_LEDGER,
                        BooksOperations.UNRECONCILE_LEDGER,
                        BooksOperations.TRIGGER_WORKFLOW,
                        BooksOperations.RETRY_WORKFLOW_RUN);
    }
}
