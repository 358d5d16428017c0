package dev.semel.books.customers;

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

/** The routes of customers. */
@RestController
@RequestMapping("/api/customers")
public final class CustomerController {
    private final CreateCustomer createCustomer;
    private final CustomerTable customers;
    private final TenantReads reads;

    /** Serves the handler and the table. */
    public CustomerController(CreateCustomer createCustomer, CustomerTable customers, TenantReads reads) {
        this.createCustomer = createCustomer;
        this.customers = customers;
        this.reads = reads;
    }

    /** Creates a customer. */
    @PostMapping
    @Gate("createCustomer")
    public Customer create(@RequestBody NewCustomer body, Write<NewCustomer> write) {
        return createCustomer.handle(write);
    }

    /** The customers, in the order of their creation. */
    @GetMapping
    public Page<Customer> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(request, tenant -> customers.page(tenant, page));
    }

    /** One customer. */
    @GetMapping("/{id}")
    public Customer get(@PathVariable String id, HttpServletRequest request) {
        return reads.read(request, tenant -> find(tenant, PathIds.parse(id, "customer")));
    }

    private Customer find(String tenant, UUID id) {
        return customers.find(tenant, id).orElseThrow(() -> PathIds.notFound("customer"));
    }
}
