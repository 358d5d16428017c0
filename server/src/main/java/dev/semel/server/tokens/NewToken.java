package dev.semel.server.tokens;

import dev.semel.InvalidPayloadException;
import dev.semel.InvalidPayloadException.Violation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token to be made.
 *
 * @param user 1 to 255 visible ASCII characters
 * @param roles at least one
 */
record NewToken(@Nullable String user, @Nullable List<@Nullable String> roles) {
    private static final Pattern USER = Pattern.compile("[!-~]{1,255}");

    /**
     * Who the token is for.
     *
     * @throws InvalidPayloadException with everything that is wrong
     */
    Identity owner(String tenant) {
        List<Violation> errors = new ArrayList<>();
        String checkedUser = Optional.ofNullable(user).orElse("");
        if (!USER.matcher(checkedUser).matches()) {
            errors.add(new Violation("/user", "must be 1 to 255 visible ASCII characters"));
        }
        Set<Role> checkedRoles = checkedRoles(errors);
        if (!errors.isEmpty()) {
            throw InvalidPayloadException.invalid(errors);
        }
        return new Identity(tenant, checkedUser, checkedRoles);
    }

    private Set<Role> checkedRoles(List<Violation> errors) {
        Set<Role> checked = EnumSet.noneOf(Role.class);
        if (roles == null || roles.isEmpty()) {
            errors.add(new Violation("/roles", "must name at least one of " + Role.known()));
            return checked;
        }
        for (int i = 0; i < roles.size(); i++) {
            Optional<Role> role = Role.of(String.valueOf(roles.get(i)));
            role.ifPresent(checked::add);
            if (role.isEmpty()) {
                errors.add(new Violation("/roles/" + i, "must be one of " + Role.known()));
            }
        }
        return checked;
    }
}
