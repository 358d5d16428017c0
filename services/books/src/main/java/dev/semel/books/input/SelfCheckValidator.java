package dev.semel.books.input;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.ConstraintValidatorContext.ConstraintViolationBuilder;
import java.util.List;

/** Reports each finding at its place. */
public final class SelfCheckValidator implements ConstraintValidator<SelfChecked, SelfCheck> {
    /** For the validator's factory. */
    public SelfCheckValidator() {}

    @Override
    public boolean isValid(SelfCheck payload, ConstraintValidatorContext context) {
        List<Finding> findings = payload.findings();
        context.disableDefaultConstraintViolation();
        findings.forEach(finding -> report(finding, context));
        return findings.isEmpty();
    }

    private static void report(Finding finding, ConstraintValidatorContext context) {
        ConstraintViolationBuilder violation = context.buildConstraintViolationWithTemplate(finding.message());
        if (finding instanceof Finding.ElementMember place) {
            violation
                    .addPropertyNode(place.list())
                    .addPropertyNode(place.member())
                    .inIterable()
                    .atIndex(place.index())
                    .addConstraintViolation();
        } else if (finding instanceof Finding.Member place) {
            violation.addPropertyNode(place.member()).addConstraintViolation();
        }
    }
}
