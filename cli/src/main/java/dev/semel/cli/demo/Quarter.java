package dev.semel.cli.demo;

import dev.semel.cli.demo.network.AnswerBody;
import dev.semel.cli.demo.samples.SampleCompany;
import dev.semel.cli.demo.tally.Problems;
import dev.semel.cli.demo.tally.Stage;
import dev.semel.cli.demo.verify.SampleIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sample company's quarter, phase by phase: each needs the ids that the one before it was given. */
final class Quarter {

    private final Requests requests = new Requests();
    private final SampleCompany company;
    private final Problems problems;

    Quarter(SampleCompany company, Problems problems) {
        this.company = company;
        this.problems = problems;
    }

    /** Runs all phases and returns the ids of what they created. */
    SampleIds play(Stagehand stagehand) throws InterruptedException {
        Map<String, String> customers = ids(stagehand.run(customers()));
        Map<String, String> invoices = ids(stagehand.run(invoices(customers)));
        stagehand.run(finalizations(invoices));
        Map<String, String> payments = ids(stagehand.run(payments(invoices)));
        return new SampleIds(customers, invoices, payments);
    }

    /** Runs one phase and returns the answers by key. */
    interface Stagehand {
        Map<String, AnswerBody> run(Phase phase) throws InterruptedException;
    }

    private Phase customers() {
        return new Phase(
                Stage.CUSTOMERS,
                company.customers().stream().map(requests::createCustomer).toList(),
                false);
    }

    private Phase invoices(Map<String, String> customers) {
        List<Task> tasks = new ArrayList<>();
        company.invoices()
                .forEach(invoice -> add(
                        tasks,
                        invoice.reference(),
                        customers.get(invoice.customer()),
                        customerId -> requests.createInvoice(invoice, customerId)));
        return new Phase(Stage.INVOICES, tasks, true);
    }

    private Phase finalizations(Map<String, String> invoices) {
        List<Task> tasks = new ArrayList<>();
        company.invoices()
                .forEach(invoice -> add(
                        tasks,
                        invoice.reference() + "-final",
                        invoices.get(invoice.reference()),
                        invoiceId -> requests.finalizeInvoice(invoice, invoiceId)));
        return new Phase(Stage.FINALIZATIONS, tasks, false);
    }

    private Phase payments(Map<String, String> invoices) {
        List<Task> tasks = new ArrayList<>();
        company.payments()
                .forEach(payment -> add(
                        tasks,
                        payment.reference(),
                        invoices.get(payment.invoice()),
                        invoiceId -> requests.createPayment(payment, invoiceId)));
        return new Phase(Stage.PAYMENTS, tasks, true);
    }

    private void add(List<Task> tasks, String reference, @Nullable String parentId, Function<String, Task> task) {
        if (parentId == null) {
            problems.add(reference + ": not sent, because what it belongs to was not created");
        } else {
            tasks.add(task.apply(parentId));
        }
    }

    private Map<String, String> ids(Map<String, AnswerBody> answers) {
        Map<String, String> ids = new HashMap<>();
        answers.forEach((reference, body) -> {
            Optional<String> id = requests.id(body);
            id.ifPresentOrElse(
                    known -> ids.put(reference, known),
                    () -> problems.add(reference + ": an answer without id: " + body));
        });
        return ids;
    }
}
