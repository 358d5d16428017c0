package dev.semel.books.creditnotes;

import dev.semel.books.input.Finding;
import dev.semel.books.input.SelfCheck;
import dev.semel.books.input.SelfChecked;
import dev.semel.books.money.Decimals;
import dev.semel.spring.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A credit note to be created for an invoice; the path says for which.
 *
 * @param reason up to 200 characters
 * @param lines 1 to 1000, each about another line of the invoice; null means all that is left of all lines
 */
@SelfChecked
public record NewCreditNote(
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE) @Nullable
        String reason,

        @Size(min = 1, max = NewCreditNote.MAX_LINES) @Nullable
        List<@NotNull @Valid NewCreditLine> lines)
        implements SelfCheck {
    static final int MAX_LINES = 1000;

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (lines != null && lines.size() <= MAX_LINES) {
            Set<Long> named = new HashSet<>();
            for (int i = 0; i < lines.size(); i++) {
                check(i, lines.get(i), named, findings);
            }
        }
        return List.copyOf(findings);
    }

    @SuppressWarnings("NullAway") // looked at before the annotations are enforced
    private static void check(int index, @Nullable NewCreditLine line, Set<Long> named, List<Finding> findings) {
        if (line == null) {
            return;
        }
        if (line.line() != null && !named.add(line.line())) {
            findings.add(new Finding.ElementMember("lines", index, "line", "must not be named twice"));
        }
        if (Decimals.find(line.amount()).map(BigDecimal::signum).orElse(1) == 0) {
            findings.add(new Finding.ElementMember("lines", index, "amount", "must be greater than 0"));
        }
    }
}
