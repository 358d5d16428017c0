package dev.semel.books.payments;

import dev.semel.Write;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Filters;
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

/** The routes of payments. */
@RestController
@RequestMapping("/api/payments")
public final class PaymentController {
    private final CreatePayment createPayment;
    private final PaymentReversal reversal;
    private final PaymentTable payments;
    private final TenantReads reads;

    /** Serves the handlers and the table. */
    public PaymentController(
            CreatePayment createPayment, PaymentReversal reversal, PaymentTable payments, TenantReads reads) {
        this.createPayment = createPayment;
        this.reversal = reversal;
        this.payments = payments;
        this.reads = reads;
    }

    /** Records a payment. */
    @PostMapping
    @Gate("createPayment")
    public Payment create(@RequestBody NewPayment body, Write<NewPayment> write) {
        return createPayment.handle(write);
    }

    /** Reverses a payment that was none. */
    @PostMapping("/{id}/reverse")
    @Gate("reversePayment")
    public Payment reverse(@PathVariable String id, @RequestBody ReversePayment body, Write<ReversePayment> write) {
        return reversal.handle(id, write);
    }

    /** The payments, in the order of their recording. */
    @GetMapping
    public Page<Payment> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String invoiceId,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        UUID invoice = Filters.id("invoiceId", invoiceId);
        return reads.read(request, tenant -> payments.page(tenant, invoice, page));
    }

    /** One payment. */
    @GetMapping("/{id}")
    public Payment get(@PathVariable String id, HttpServletRequest request) {
        return reads.read(request, tenant -> find(tenant, PathIds.parse(id, "payment")));
    }

    private Payment find(String tenant, UUID id) {
        return payments.find(tenant, id).orElseThrow(() -> PathIds.notFound("payment"));
    }
}
