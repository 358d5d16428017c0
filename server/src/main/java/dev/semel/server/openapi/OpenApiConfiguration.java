package dev.semel.server.openapi;

import dev.semel.Semel;
import dev.semel.Write;
import dev.semel.documents.content.SentContent;
import dev.semel.spring.SemelProperties;
import dev.semel.sync.articles.PreparedDoc;
import dev.semel.sync.changesets.PreparedDecisions;
import dev.semel.sync.publish.PublishLease;
import dev.semel.sync.push.PreparedPush;
import dev.semel.sync.rebase.RebaseAttempt;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The document at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {
    static final String PROBLEM = "#/components/schemas/Problem";

    private static final String BEARER = "bearer";

    @Bean
    static BeanFactoryPostProcessor lazyDocumentation() {
        return new LazyDocumentation();
    }

    @Bean
    @Lazy
    OpenAPI openApi() {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(
                        Write.class,
                        SentContent.class,
                        PreparedPush.class,
                        PreparedDoc.class,
                        PreparedDecisions.class,
                        RebaseAttempt.class,
                        PublishLease.class);
        return new OpenAPI()
                .info(new Info()
                        .title("Semel")
                        .version("1")
                        .description("Every write happens exactly once, no matter how often it is asked for."))
                .addSecurityItem(new SecurityRequirement().addList(BEARER))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer"))
                        .addSchemas("Problem", problem()));
    }

    @Bean
    @Lazy
    OperationCustomizer gateDocumentation(ObjectProvider<Semel> semel, SemelProperties properties) {
        return new GateDocumentation(
                () -> semel.getObject().registry(), properties.http().keyReusedStatus());
    }

    private static Schema<?> problem() {
        Schema<?> problem = new ObjectSchema();
        problem.description("What is wrong (RFC 9457). The code is stable.")
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("code", new StringSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("requestId", new StringSchema())
                .addProperty("retryable", new BooleanSchema())
                .addProperty("errors", new ArraySchema().items(violation()));
        problem.required(List.of("type", "title", "status", "code", "detail", "requestId", "retryable"));
        return problem;
    }

    private static Schema<?> violation() {
        return new ObjectSchema()
                .addProperty("pointer", new StringSchema().description("JSON pointer to the place (RFC 6901)"))
                .addProperty("detail", new StringSchema());
    }
}
