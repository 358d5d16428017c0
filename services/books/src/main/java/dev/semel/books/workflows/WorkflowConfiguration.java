package dev.semel.books.workflows;

import dev.semel.PayloadCodec;
import dev.semel.Transactions;
import dev.semel.outbox.Subscription;
import dev.semel.spring.web.TenantReads;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of the workflows. */
@Configuration(proxyBeanMethods = false)
public class WorkflowConfiguration {
    @Bean
    Workflows booksWorkflows(ObjectProvider<WorkflowOutlet> outlet, ObjectProvider<Workflow> own) {
        List<Workflow> all = new ArrayList<>(OwnWorkflows.to(outlet.getIfAvailable(() -> OwnWorkflows::log)));
        own.orderedStream().forEach(all::add);
        return new Workflows(all);
    }

    @Bean
    RunTable workflowRunTable(JdbcClient jdbc) {
        return new RunTable(jdbc);
    }

    @Bean
    Triggering workflowTriggering(Workflows workflows, RunTable runs, PayloadCodec codec) {
        return new Triggering(workflows, runs, codec);
    }

    /** Lazy: only a process that delivers needs it. */
    @Bean
    @Lazy
    WorkflowSink workflowSink(
            Workflows workflows, Transactions transactions, RunTable runs, JdbcClient jdbc, PayloadCodec codec) {
        return new WorkflowSink(workflows, new RunStore(transactions, runs, new StepTable(jdbc)), codec);
    }

    @Bean
    @Lazy
    Subscription workflowSubscription(WorkflowSink sink) {
        return sink.subscription();
    }

    @Bean
    WorkflowController workflowController(Triggering triggering, RunTable runs, TenantReads booksTenantReads) {
        return new WorkflowController(triggering, runs, booksTenantReads);
    }
}
