package dev.semel.server.openapi;

import dev.semel.KeyRule;
import dev.semel.Operation;
import dev.semel.spring.Ungated;
import java.util.LinkedHashMap;
import java.util.Map;

/** The terms of a gated route, as the IETF draft asks for them: whether the key is needed, how long it lives, how a replay is told. */
final class GateTerms {
    private GateTerms() {}

    static boolean keyRequired(Operation<?, ?> operation) {
        return operation.keyRule() instanceof KeyRule.Client;
    }

    /** Of a route that needs no key. */
    static Map<String, Object> of(Ungated exemption) {
        return Map.of("keyRequired", false, "exemptBecause", exemption.value());
    }

    static Map<String, Object> of(Operation<?, ?> operation) {
        Map<String, Object> terms = new LinkedHashMap<>();
        terms.put("operation", operation.name());
        terms.put("risk", operation.risk().name());
        terms.put("keyRequired", keyRequired(operation));
        if (operation.keyRule() instanceof KeyRule.FromPayload<?> named) {
            terms.put("keyMember", named.member());
        }
        if (operation.keyRule() instanceof KeyRule.Derived<?> derived) {
            terms.put("keyDerivedFrom", derived.description());
        }
        terms.put("keyLifetime", operation.retention().toString());
        terms.put("replayHeader", "Idempotency-Replayed");
        terms.put("rejectionsRemembered", operation.rememberRejections());
        terms.put("coalesced", operation.coalesced());
        return terms;
    }
}
