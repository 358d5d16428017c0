package dev.semel.sync.changesets;

import dev.semel.InvalidPayloadException;
import dev.semel.InvalidPayloadException.Violation;
import dev.semel.sync.content.ContentIntake;
import dev.semel.sync.content.PushedText;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.text.ContentBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes decisions ready for their transaction: texts are checked and stored. Thread-safe. */
public final class DecisionPreparation {
    private final ContentIntake intake;

    /** Stores by this. */
    public DecisionPreparation(ContentIntake intake) {
        this.intake = intake;
    }

    /** @throws InvalidPayloadException with all that is wrong */
    public PreparedDecisions prepare(String tenant, NewDecisions asked) {
        List<Violation> violations = new ArrayList<>();
        Map<String, ContentBytes> texts = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < asked.decisions().size(); i++) {
            FileDecision decision = asked.decisions().get(i);
            if (!seen.add(decision.fileId())) {
                violations.add(new Violation("/decisions/" + i + "/fileId", "is decided on twice"));
            }
            check(decision, "/decisions/" + i, violations, texts);
        }
        if (!violations.isEmpty()) {
            throw InvalidPayloadException.invalid(violations);
        }
        Map<String, TextContent> amended = new HashMap<>();
        texts.forEach((fileId, text) -> amended.put(fileId, intake.take(tenant, text)));
        return new PreparedDecisions(asked, amended);
    }

    private static void check(
            FileDecision decision, String pointer, List<Violation> violations, Map<String, ContentBytes> texts) {
        String content = decision.content();
        if (decision.action().equals("amend") != (content != null)) {
            violations.add(new Violation(pointer + "/content", "goes with amend, and with nothing else"));
        }
        if (decision.action().equals("reject") && decision.reason() == null) {
            violations.add(new Violation(pointer + "/reason", "is required to reject"));
        }
        if (content != null) {
            PushedText.read(content, pointer + "/content", violations)
                    .ifPresent(text -> texts.put(decision.fileId(), text));
        }
    }
}
