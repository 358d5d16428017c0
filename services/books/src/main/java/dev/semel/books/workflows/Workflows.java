package dev.semel.books.workflows;

import dev.semel.outbox.OutboxEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The workflows that can run, by name; of two with one name the later. Immutable. */
public final class Workflows {
    private final Map<String, Workflow> byName = new LinkedHashMap<>();

    /** Those workflows. */
    public Workflows(Collection<Workflow> workflows) {
        workflows.forEach(workflow -> byName.put(workflow.name(), workflow));
    }

    Optional<Workflow> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The workflow that this event of an executed write starts. */
    Optional<Workflow> startedBy(OutboxEvent event) {
        return event.type().startsWith(OutboxEvent.WORKFLOW_PREFIX)
                ? find(event.type().substring(OutboxEvent.WORKFLOW_PREFIX.length()))
                : Optional.empty();
    }
}
