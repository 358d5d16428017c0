package dev.semel.books.settings;

import dev.semel.books.input.Finding;
import dev.semel.books.input.SelfCheck;
import dev.semel.books.input.SelfChecked;
import dev.semel.spring.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings to be changed. What is absent stays as it is.
 *
 * @param legalName 1 to 200 characters
 * @param baseCurrency ISO 4217 code
 * @param timezone of the tz database, as {@code Europe/Vienna}
 * @param deductions all of them, in payroll's order; at most 20, those of employees up to 100 percent together
 */
@SelfChecked
public record NewSettings(
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE) @Nullable
        String legalName,

        @Nullable String baseCurrency,
        @Nullable String timezone,
        @Size(max = NewSettings.MAX_DEDUCTIONS) @Nullable List<@NotNull @Valid Deduction> deductions)
        implements SelfCheck {
    static final int MAX_DEDUCTIONS = 20;

    @Override
    public List<Finding> findings() {
        return new SettingsFindings(this).list();
    }
}
