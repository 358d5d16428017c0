package dev.semel.spring.internal;

import dev.semel.InvalidPayloadException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;

/** Holds a payload against its constraint annotations. */
final class PayloadValidation implements PayloadCheck {
    private final Validator validator;

    PayloadValidation(Validator validator) {
        this.validator = validator;
    }

    @Override
    public void check(Object payload) {
        List<InvalidPayloadException.Violation> errors = validator.validate(payload).stream()
                .map(PayloadValidation::error)
                .sorted(Comparator.comparing(InvalidPayloadException.Violation::pointer)
                        .thenComparing(InvalidPayloadException.Violation::detail))
                .toList();
        if (!errors.isEmpty()) {
            throw InvalidPayloadException.invalid(errors);
        }
    }

    private static InvalidPayloadException.Violation error(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            }
            if (node.getName() != null && node.getKind() == ElementKind.PROPERTY) {
                pointer.append('/').append(node.getName().replace("~", "~0").replace("/", "~1"));
            }
        }
        return new InvalidPayloadException.Violation(pointer.toString(), violation.getMessage());
    }
}
