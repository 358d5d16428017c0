package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

/** What tests do with the books before they come to their point. */
record Books(Client client) {
    static String payment(String invoice, String amount) {
        return "{\"invoiceId\":\"%s\",\"amount\":\"%s\",\"currency\":\"EUR\"}".formatted(invoice, amount);
    }

    /** The id of a new, final invoice in EUR. */
    String finalInvoice(String amount) {
        String customer = id(client.post("/api/customers", "{\"name\":\"Ada Lovelace\"}"));
        String invoice = id(client.post("/api/invoices", """
                {"customerId":"%s","currency":"EUR","lines":[{"description":"Tea","quantity":"1","unitPrice":"%s"}]}""".formatted(customer, amount)));
        assertThat(client.post("/api/invoices/" + invoice + "/finalize", "{}").status())
                .isEqualTo(201);
        return invoice;
    }

    private static String id(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }
}
