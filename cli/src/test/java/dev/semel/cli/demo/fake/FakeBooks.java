package dev.semel.cli.demo.fake;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Books in memory, as far as the demo needs them. */
final class FakeBooks {

    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, ObjectNode> customers = new LinkedHashMap<>();
    private final Map<String, ObjectNode> invoices = new LinkedHashMap<>();
    private final List<ObjectNode> payments = new ArrayList<>();
    private final Fault fault;
    private int lastNumber;

    FakeBooks(Fault fault) {
        this.fault = fault;
    }

    synchronized ObjectNode write(String path, JsonNode body) {
        if (path.endsWith("/finalize")) {
            ObjectNode invoice = invoices.get(path.replace("/api/invoices/", "").replace("/finalize", ""));
            return invoice.put("status", "final").deepCopy();
        }
        return switch (path) {
            case "/api/customers" -> createCustomer((ObjectNode) body);
            case "/api/invoices" -> createInvoice(body);
            case "/api/payments" -> createPayment(body);
            default -> throw new IllegalArgumentException(path);
        };
    }

    synchronized List<ObjectNode> list(String path) {
        return switch (path) {
            case "/api/customers" -> List.copyOf(customers.values());
            case "/api/invoices" -> List.copyOf(invoices.values());
            case "/api/payments" -> List.copyOf(payments);
            default -> throw new IllegalArgumentException(path);
        };
    }

    synchronized ObjectNode trialBalance() {
        Map<String, BigDecimal> turnover = new TreeMap<>();
        invoices.values()
                .forEach(i -> turnover.merge(i.path("currency").asString(), amount(i, "total"), BigDecimal::add));
        payments.forEach(p -> turnover.merge(p.path("currency").asString(), amount(p, "amount"), BigDecimal::add));
        ObjectNode balance = json.createObjectNode();
        BigDecimal error = fault == Fault.UNBALANCED ? BigDecimal.ONE : BigDecimal.ZERO;
        turnover.forEach((currency, sum) -> balance.putObject(currency)
                .put("debit", sum.add(error).toPlainString())
                .put("credit", sum.toPlainString()));
        return balance;
    }

    private ObjectNode createCustomer(ObjectNode body) {
        ObjectNode customer = body.deepCopy().put("id", newId());
        if (fault == Fault.MANGLES_NAMES) {
            customer.put("name", body.path("name").asString().replaceAll("[^\\x20-\\x7e]", "?"));
        }
        customers.put(customer.path("id").asString(), customer);
        return customer.deepCopy();
    }

    private ObjectNode createInvoice(JsonNode body) {
        lastNumber += fault == Fault.SKIPS_NUMBERS && lastNumber == 3 ? 2 : 1;
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode line : body.path("lines")) {
            total = total.add(amount(line, "quantity").multiply(amount(line, "unitPrice")));
        }
        ObjectNode invoice = json.createObjectNode()
                .put("id", newId())
                .put("number", "R-" + lastNumber)
                .put("status", "draft")
                .put("customerId", body.path("customerId").asString())
                .put("currency", body.path("currency").asString())
                .put("total", total.toPlainString())
                .put("paid", "0")
                .put("balance", total.toPlainString());
        invoices.put(invoice.path("id").asString(), invoice);
        return invoice.deepCopy();
    }

    private ObjectNode createPayment(JsonNode body) {
        BigDecimal amount =
                amount(body, "amount").add(fault == Fault.CHANGES_AMOUNTS ? BigDecimal.ONE : BigDecimal.ZERO);
        ObjectNode payment = ((ObjectNode) body).deepCopy().put("id", newId()).put("amount", amount.toPlainString());
        if (fault != Fault.LOSES_PAYMENTS) {
            book(payment, amount);
        }
        if (fault == Fault.BOOKS_TWICE) {
            book(payment.deepCopy().put("id", newId()), amount);
        }
        return payment;
    }

    private void book(ObjectNode payment, BigDecimal amount) {
        payments.add(payment);
        ObjectNode invoice = invoices.get(payment.path("invoiceId").asString());
        BigDecimal paid = amount(invoice, "paid").add(amount);
        BigDecimal balance = amount(invoice, "total").subtract(paid);
        invoice.put("paid", paid.toPlainString()).put("balance", balance.toPlainString());
        if (balance.signum() == 0) {
            invoice.put("status", "paid");
        }
    }

    private static BigDecimal amount(JsonNode node, String member) {
        return new BigDecimal(node.path(member).asString());
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
