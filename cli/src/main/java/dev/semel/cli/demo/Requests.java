package dev.semel.cli.demo;

import dev.semel.cli.demo.network.AnswerBody;
import dev.semel.cli.demo.network.Ask;
import dev.semel.cli.demo.samples.SampleCustomer;
import dev.semel.cli.demo.samples.SampleInvoice;
import dev.semel.cli.demo.samples.SampleLine;
import dev.semel.cli.demo.samples.SamplePayment;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Turns samples into requests. Thread-safe. */
final class Requests {

    private final JsonMapper json = JsonMapper.builder().build();

    Task createCustomer(SampleCustomer customer) {
        ObjectNode body = json.createObjectNode().put("name", customer.name());
        if (customer.email() != null) {
            body.put("email", customer.email());
        }
        return Task.of(new Ask(customer.reference(), "/api/customers", body.toString()));
    }

    Task createInvoice(SampleInvoice invoice, String customerId) {
        ObjectNode body = json.createObjectNode()
                .put("customerId", customerId)
                .put("currency", invoice.currency().getCurrencyCode());
        if (invoice.dueDate() != null) {
            body.put("dueDate", invoice.dueDate());
        }
        for (SampleLine line : invoice.lines()) {
            body.withArray("lines").add(line(line));
        }
        return Task.of(new Ask(invoice.reference(), "/api/invoices", body.toString()));
    }

    Task finalizeInvoice(SampleInvoice invoice, String invoiceId) {
        return Task.of(new Ask(invoice.reference() + "-final", "/api/invoices/" + invoiceId + "/finalize", "{}"));
    }

    /** The payment, and the same key with another amount. */
    Task createPayment(SamplePayment payment, String invoiceId) {
        return new Task(payment(payment, invoiceId), payment(payment.withChangedAmount(), invoiceId));
    }

    /** The id in an answer. */
    Optional<String> id(AnswerBody body) {
        try {
            String id = json.readTree(body.text()).path("id").asString("");
            return id.isEmpty() ? Optional.empty() : Optional.of(id);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private ObjectNode line(SampleLine line) {
        return json.createObjectNode()
                .put("description", line.description())
                .put("quantity", line.quantity().toPlainString())
                .put("unitPrice", line.unitPrice().toPlainString());
    }

    private Ask payment(SamplePayment payment, String invoiceId) {
        ObjectNode body = json.createObjectNode()
                .put("invoiceId", invoiceId)
                .put("amount", payment.amount().toPlainString())
                .put("currency", payment.currency().getCurrencyCode())
                .put("method", payment.method())
                .put("reference", payment.reference());
        return new Ask(payment.reference(), "/api/payments", body.toString());
    }
}
