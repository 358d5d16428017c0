package dev.semel.books.workflows;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The books' own workflows: what a payment, an invoice and a payroll have to say goes to the outlet. */
final class OwnWorkflows {
    private static final Logger LOG = LoggerFactory.getLogger("semel.workflows");

    private OwnWorkflows() {}

    static List<Workflow> to(WorkflowOutlet outlet) {
        return List.of(
                telling("payment-received", "receipt", outlet),
                telling("invoice-finalized", "invoice", outlet),
                telling("payroll-executed", "payroll", outlet));
    }

    private static Workflow telling(String name, String kind, WorkflowOutlet outlet) {
        return Workflow.of(name, new WorkflowStep(kind, step -> {
            outlet.send(new WorkflowOutlet.Message(step.tenant(), step.runId(), step.key(), kind, step.input()));
            return Map.of("sent", true);
        }));
    }

    /** For applications that have no outlet. */
    static void log(WorkflowOutlet.Message message) {
        LOG.info("{} of tenant {} to be sent, run {}", message.kind(), message.tenant(), message.runId());
    }
}
