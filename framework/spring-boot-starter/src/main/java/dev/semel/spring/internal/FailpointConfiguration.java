package dev.semel.spring.internal;

import dev.semel.failpoint.ArmedFailpoints;
import dev.semel.failpoint.Failpoint;
import dev.semel.failpoint.Failpoints;
import dev.semel.failpoint.WriteFailpoints;
import dev.semel.outbox.RelayFailpoints;
import dev.semel.spring.SemelProperties;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Failpoints: off unless they are enabled, and refused where they do not belong. */
@Configuration(proxyBeanMethods = false)
public class FailpointConfiguration {
    /** An {@link ArmedFailpoints} if they are enabled: a rehearsal may arm further ones. */
    @Bean
    @ConditionalOnMissingBean
    Failpoints semelFailpoints(
            SemelProperties properties, ObjectProvider<Failpoint> ofApplication, Environment environment) {
        SemelProperties.Failpoints wanted = properties.failpoints();
        if (!wanted.enabled()) {
            return Failpoints.disabled();
        }
        Production.refuse(environment, "semel.failpoints.enabled", "makes writes fail on purpose");
        List<Failpoint> declared = new ArrayList<>(WriteFailpoints.all());
        declared.addAll(RelayFailpoints.all());
        ofApplication.orderedStream().forEach(declared::add);
        ArmedFailpoints failpoints = new ArmedFailpoints(declared);
        wanted.armed().forEach((name, text) -> FailpointArming.of(name, text).applyTo(failpoints, name));
        return failpoints;
    }
}
