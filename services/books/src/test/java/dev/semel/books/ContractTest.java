package dev.semel.books;

import dev.semel.Caller;
import dev.semel.Semel;
import dev.semel.books.customers.CustomerController;
import dev.semel.books.customers.NewCustomer;
import dev.semel.books.invoices.InvoiceController;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.invoices.NewInvoiceLine;
import dev.semel.books.payments.NewPayment;
import dev.semel.books.payments.PaymentController;
import dev.semel.spring.Gate;
import dev.semel.testkit.ApplicationUnderTest;
import dev.semel.testkit.OperationUnderTest;
import java.lang.reflect.Method;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every registered operation keeps the contract, whatever fails. One that is registered and not listed here fails. */
@ExtendWith(BooksExtension.class)
class ContractTest {
    private static final String OTHER_AMOUNT = "39.99";

    private final TestBooks books;
    private final Map<Semel, BooksEngine> engines = new IdentityHashMap<>();

    ContractTest(TestBooks books) {
        this.books = books;
    }

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsItsContract() {
        return ApplicationUnderTest.of(books.semel().registry())
                .routes(gates(CustomerController.class, InvoiceController.class, PaymentController.class))
                .operation(createCustomer())
                .operation(createInvoice())
                .operation(finalizeInvoice())
                .operation(createPayment())
                .tests(books.database());
    }

    private static Map<String, String> gates(Class<?>... controllers) {
        return Stream.of(controllers)
                .flatMap(controller -> Stream.of(controller.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Gate.class))
                .collect(Collectors.toMap(
                        Method::toString,
                        method -> method.getAnnotation(Gate.class).value()));
    }

    private Semel engine(DataSource source) {
        BooksEngine engine = BooksEngine.on(source);
        engines.put(engine.semel(), engine);
        return engine.semel();
    }

    private OperationUnderTest<NewCustomer> createCustomer() {
        return OperationUnderTest.of(BooksOperations.CREATE_CUSTOMER, this::engine)
                .build(new NewCustomer("Ada", null), new NewCustomer("Grace", null));
    }

    private OperationUnderTest<NewInvoice> createInvoice() {
        return OperationUnderTest.of(BooksOperations.CREATE_INVOICE, this::engine)
                .build(
                        caller -> invoice(books.customer(caller).id(), "EUR"),
                        asked -> invoice(asked.customerId(), "CHF"));
    }

    private static NewInvoice invoice(UUID customer, String currency) {
        return new NewInvoice(
                customer,
                currency,
                null,
                List.of(new NewInvoiceLine("Work", "1", "100"), new NewInvoiceLine("Tea", "2", "1.50")));
    }

    private OperationUnderTest<UUID> finalizeInvoice() {
        return OperationUnderTest.<UUID>of(
                        BooksOperations.FINALIZE_INVOICE,
                        this::engine,
                        (semel, caller, key, id) -> engines.get(semel).finalizeInvoice(caller, key, id.toString()))
                .build(caller -> books.draft(caller, "EUR", "100").id(), asked -> UUID.randomUUID());
    }

    private OperationUnderTest<NewPayment> createPayment() {
        return OperationUnderTest.of(BooksOperations.CREATE_PAYMENT, this::engine)
                .build(this::payment, asked -> payment(asked.invoiceId(), OTHER_AMOUNT));
    }

    private NewPayment payment(Caller caller) {
        return payment(books.finalInvoice(caller, "EUR", "100").id(), "40");
    }

    private static NewPayment payment(UUID invoice, String amount) {
        return new NewPayment(invoice, amount, "EUR", "transfer", null);
    }
}
