package dev.semel.books.customers;

import dev.semel.Handler;
import dev.semel.Write;

/** Creates a customer. Two customers may have one name. */
public final class CreateCustomer implements Handler<NewCustomer, Customer> {
    /** Emitted with the {@link Customer}. */
    public static final String EVENT = "customer.created";

    private final CustomerTable customers;

    /** Writes into that table. */
    public CreateCustomer(CustomerTable customers) {
        this.customers = customers;
    }

    @Override
    public Customer handle(Write<NewCustomer> write) {
        Customer customer = customers.insert(write.tenant(), write.resultId(), write.payload());
        write.emit(EVENT, "customer:" + customer.id(), customer);
        return customer;
    }
}
