package dev.semel.spring.internal;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.KeyRule;
import dev.semel.Operation;
import dev.semel.PayloadCodec;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.RawBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.springframework.core.task.TaskDecorator;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.servlet.HandlerMapping;

/** Makes a call of a gated request, checking in the order that the contract gives: caller, key, type, body, payload. */
final class GateRequests {
    private final CallerResolver callers;
    private final PayloadCodec codec;
    private final RequestBodies bodies;
    private final PayloadCheck payloads;
    private final List<TaskDecorator> decorators;

    GateRequests(
            CallerResolver callers,
            PayloadCodec codec,
            RequestBodies bodies,
            PayloadCheck payloads,
            List<TaskDecorator> decorators) {
        this.callers = callers;
        this.codec = codec;
        this.bodies = bodies;
        this.payloads = payloads;
        this.decorators = decorators;
    }

    <P, R> Call<P, R> call(
            Operation<P, R> operation, GatedMethod method, NativeWebRequest webRequest, HttpServletRequest request)
            throws Exception {
        Caller caller = callers.resolve(request, RequestIdFilter.requestId(request));
        Optional<Key> sent = GateKeys.sent(request);
        GateKeys.require(sent, operation.keyRule());
        RequestBodies.requireJsonAccepted(Collections.list(request.getHeaders("Accept")));
        ReceivedBody<P> body =
                operation.payloadType() == RawBody.class ? raw(operation, request) : json(operation, request);
        P payload = body.payload();
        Map<String, String> variables = variables(request);
        Key key = GateKeys.choose(sent, operation.keyRule(), payload, variables);
        Handler<P, R> handler = carried(operation, method.bind(webRequest, payload, operation.resultType()));
        Fingerprint fingerprint = sent.isEmpty() && operation.keyRule() instanceof KeyRule.Derived<P> derived
                ? derived.fingerprint(operation.name(), variables, key, body.canonical())
                : Fingerprint.of(operation.name(), variables, body.canonical());
        return new Call<>(operation, caller, key, payload, fingerprint, variables, handler);
    }

    private <P, R> Handler<P, R> carried(Operation<P, R> operation, Handler<P, R> handler) {
        return operation.coalesced() ? RequestThread.carry(handler, decorators) : handler;
    }

    private <P> ReceivedBody<P> json(Operation<P, ?> operation, HttpServletRequest request)
            throws HttpMediaTypeNotSupportedException {
        byte[] body = bodies.read(request, operation.maxPayloadBytes());
        if (operation.keyRule() instanceof KeyRule.FromPayload<P> rule) {
            P payload = payload(operation, body);
            return new ReceivedBody<>(payload, rule.keying().canonical(payload));
        }
        byte[] canonical = canonical(operation, body);
        return new ReceivedBody<>(payload(operation, body), canonical);
    }

    /** What was read is no larger than that. */
    private byte[] canonical(Operation<?, ?> operation, byte[] body) {
        OptionalInt ownLimit = operation.maxPayloadBytes();
        return ownLimit.isPresent() ? codec.canonical(body, ownLimit.getAsInt()) : codec.canonical(body);
    }

    private <P> P payload(Operation<P, ?> operation, byte[] body) {
        P payload = codec.read(body, operation.payloadType());
        payloads.check(payload);
        return payload;
    }

    private <P> ReceivedBody<P> raw(Operation<P, ?> operation, HttpServletRequest request)
            throws HttpMediaTypeNotSupportedException {
        RawBody body = bodies.readRaw(request);
        return new ReceivedBody<>(operation.payloadType().cast(body), RawBodies.canonical(body));
    }

    private static Map<String, String> variables(HttpServletRequest request) {
        Map<String, String> variables = new TreeMap<>(QueryVariables.of(request.getQueryString()));
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path) {
            path.forEach((name, value) ->
                    variables.put(String.valueOf(name), QueryVariables.requireSound(String.valueOf(value))));
        }
        return variables;
    }
}
