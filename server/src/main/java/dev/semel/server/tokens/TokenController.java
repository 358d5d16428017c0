package dev.semel.server.tokens;

import dev.semel.InvalidPayloadException;
import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.Write;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import dev.semel.spring.Gate;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of tokens, for admins and their own tenant. */
@RestController
@RequestMapping(TokenController.PATH)
final class TokenController {
    static final String PATH = "/api/tokens";

    private static final UUID BEGINNING = new UUID(0, 0);
    private static final int MAX_LIMIT = 500;
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final TokenTable tokens;
    private final TokenSecret secret;
    private final Semel semel;
    private final CallerResolver callers;

    TokenController(TokenTable tokens, TokenSecret secret, Semel semel, CallerResolver callers) {
        this.tokens = tokens;
        this.secret = secret;
        this.semel = semel;
        this.callers = callers;
    }

    /** Makes a token. {@link TokenReveal} puts it into the answer. */
    @PostMapping
    @Gate("createToken")
    Token create(@RequestBody NewToken body, Write<NewToken> write) {
        Identity owner = write.payload().owner(write.tenant());
        String token = secret.derive(write.tenant(), write.resultId());
        return tokens.insert(write.resultId(), owner, TokenHash.of(token));
    }

    /** Revokes a token; requests that carry it are refused from now on. */
    @DeleteMapping("/{id}")
    @Gate("revokeToken")
    Token revoke(@PathVariable String id, Write<Revocation> write) {
        return parse(id)
                .flatMap(known -> tokens.revoke(write.tenant(), known))
                .orElseThrow(() -> RejectedException.notFound("There is no such token."));
    }

    /** The tenant's tokens without their secrets. */
    @GetMapping
    TokenPage list(
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw InvalidPayloadException.invalid("/limit", "must be between 1 and " + MAX_LIMIT);
        }
        UUID after = cursor == null ? BEGINNING : position(cursor);
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        return semel.read(tenant, connection -> tokens.page(tenant, after, limit));
    }

    private static UUID position(String cursor) {
        return parse(cursor)
                .orElseThrow(() -> InvalidPayloadException.invalid("/cursor", "is not a cursor of this collection"));
    }

    private static Optional<UUID> parse(String text) {
        return ID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
