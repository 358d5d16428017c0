package dev.semel.spring.internal;

import dev.semel.InvalidPayloadException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Holds a payload against its constraint annotations, if there is a validator. */
final class PayloadValidation {
    private final Optional<Validator> validator;

    PayloadValidation(Optional<Validator> validator) {
        this.validator = validator;
    }

    /** @throws InvalidPayloadException with all violations */
    void validate(Object payload) {
        List<InvalidPayloadException.Violation> errors = validator.stream()
                .flatMap(v -> v.validate(payload).stream())
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
