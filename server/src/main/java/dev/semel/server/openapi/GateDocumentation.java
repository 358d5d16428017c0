package dev.semel.server.openapi;

import dev.semel.Registry;
import dev.semel.spring.GateRoutes;
import dev.semel.spring.RawBody;
import dev.semel.spring.Ungated;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

/** Says of each route what the gate adds to it, and which problems it answers. */
final class GateDocumentation implements OperationCustomizer {
    private final Supplier<Registry> registry;
    private final int keyReusedStatus;

    GateDocumentation(Supplier<Registry> registry, int keyReusedStatus) {
        this.registry = registry;
        this.keyReusedStatus = keyReusedStatus;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        ProblemAnswers.ofReads(operation);
        Optional<String> gate = GateRoutes.operation(handler);
        if (gate.isPresent()) {
            dev.semel.Operation<?, ?> gated = registry.get().find(gate.get()).orElseThrow();
            operation.addExtension("x-semel", GateTerms.of(gated));
            operation.addParametersItem(key(GateTerms.keyRequired(gated)));
            if (Arrays.stream(handler.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType() == RawBody.class)) {
                file(operation.getRequestBody().getContent());
            }
            ProblemAnswers.ofGates(operation, gated, keyReusedStatus);
            outcome(operation.getResponses(), handler);
        }
        Ungated ungated = handler.getMethodAnnotation(Ungated.class);
        if (ungated != null) {
            operation.addExtension("x-semel", GateTerms.of(ungated));
            operation.setRequestBody(ungated.body() == void.class ? bytes() : json(ungated.body()));
            ProblemAnswers.ofWrites(operation);
        }
        return operation;
    }

    /** What is not said to be JSON comes as a stream. */
    private static RequestBody bytes() {
        return new RequestBody()
                .required(true)
                .content(new Content()
                        .addMediaType(
                                "application/octet-stream",
                                new MediaType().schema(new StringSchema().format("binary"))));
    }

    /** The handler reads the body itself, so no parameter tells what it is. */
    private static RequestBody json(Class<?> type) {
        Schema<?> schema = ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(false))
                .schema;
        return new RequestBody()
                .required(true)
                .content(new Content().addMediaType("application/json", new MediaType().schema(schema)));
    }

    /** A file is its bytes, and not the object that stands for them. */
    private static void file(Content content) {
        Schema<String> file = new Schema<>();
        file.setType("string");
        file.addType("string");
        file.setDescription("The file as it is.");
        content.values().forEach(type -> type.setSchema(file));
    }

    private static Parameter key(boolean required) {
        return new Parameter()
                .in("header")
                .name("Idempotency-Key")
                .required(required)
                .description("Names this write within the tenant. A repeated request with the same key and payload"
                        + " is answered like the first one and writes nothing.")
                .schema(new StringSchema().minLength(1).maxLength(255));
    }

    private static void outcome(ApiResponses responses, HandlerMethod handler) {
        Optional<Content> body = Optional.ofNullable(responses.remove("200")).map(ApiResponse::getContent);
        if (handler.hasMethodAnnotation(DeleteMapping.class)) {
            responses.addApiResponse("204", answer("Done, now or before."));
        } else if (handler.hasMethodAnnotation(ResponseStatus.class)) {
            responses.addApiResponse("200", answer("Executed, now or before.").content(body.orElse(null)));
        } else {
            responses.addApiResponse("201", answer("Executed now.").content(body.orElse(null)));
            responses.addApiResponse(
                    "200", answer("Executed before; the same body again.").content(body.orElse(null)));
        }
    }

    private static ApiResponse answer(String description) {
        return new ApiResponse()
                .description(description)
                .addHeaderObject(
                        "Idempotency-Replayed",
                        new Header()
                                .description("Whether an earlier execution is answered again.")
                                .schema(new Schema<Boolean>().type("boolean")));
    }
}
