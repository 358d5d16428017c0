package dev.semel.books.workflows;

import java.util.List;

/**
 * What is done after a write that names it, or when it is triggered by hand: a bean is all that an application needs.
 *
 * <pre>{@code
 * @Bean
 * Workflow thanks(Mailer mailer) {
 *     return Workflow.of("payment-received", new WorkflowStep("mail", step -> mailer.send(step.key(), step.input(Payment.class))));
 * }
 * }</pre>
 *
 * @param name lower-case words joined by hyphens; a bean replaces the books' own workflow of its name
 * @param steps in their order
 */
public record Workflow(String name, List<WorkflowStep> steps) {
    /** @throws IllegalArgumentException unless the name is well-formed and there are steps of different names */
    public Workflow {
        steps = List.copyOf(steps);
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+){0,7}") || name.length() > 64) {
            throw new IllegalArgumentException("a workflow's name is lower-case words joined by hyphens");
        }
        if (steps.isEmpty() || steps.stream().map(WorkflowStep::name).distinct().count() != steps.size()) {
            throw new IllegalArgumentException("the workflow " + name + " needs steps of different names");
        }
    }

    /** A workflow of those steps. */
    public static Workflow of(String name, WorkflowStep... steps) {
        return new Workflow(name, List.of(steps));
    }
}
