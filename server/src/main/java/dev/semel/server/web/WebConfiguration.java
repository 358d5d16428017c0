package dev.semel.server.web;

import dev.semel.spring.ProblemWriter;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The beans at the edge. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UploadProperties.class)
public class WebConfiguration {
    @Bean
    ServerProblems serverProblems(ProblemWriter writer) {
        return new ServerProblems(writer);
    }

    /** Behind the request id, around everything else. */
    @Bean
    FilterRegistrationBean<SlowUploadFilter> slowUploadFilter(ServerProblems problems) {
        FilterRegistrationBean<SlowUploadFilter> registration =
                new FilterRegistrationBean<>(new SlowUploadFilter(problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    /** Behind that, before everything that might look at a parameter. */
    @Bean
    FilterRegistrationBean<MalformedQueryFilter> malformedQueryFilter(ServerProblems problems) {
        FilterRegistrationBean<MalformedQueryFilter> registration =
                new FilterRegistrationBean<>(new MalformedQueryFilter(problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> uploadPace(UploadProperties pace) {
        return factory -> factory.addEngineValves(new UploadPaceValve(pace));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
            }
        });
    }

    /** The firewall decides where a slash may be written so; the connector would refuse it everywhere. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
        return factory -> factory.addConnectorCustomizers(
                connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.DECODE.getValue()));
    }
}
