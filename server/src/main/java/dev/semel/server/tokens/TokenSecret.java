package dev.semel.server.tokens;

import dev.semel.server.options.Secret;
import dev.semel.server.options.ServerOptions;
import dev.semel.server.options.StartException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives a new token from its id and a secret of the server. So a repeated request gets the same token again, byte for byte,
 * and it is still stored nowhere. Whoever has both the database and this secret has the tokens: it lies outside the
 * database. Immutable.
 */
public final class TokenSecret {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_LENGTH = 32;

    private final SecretKeySpec key;

    TokenSecret(Secret secret) {
        this.key = new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * The operator's secret, or one that is made and kept in the data folder.
     *
     * @throws StartException if the operator's is too short, or the data folder cannot be used
     */
    public static TokenSecret of(ServerOptions options) {
        return new TokenSecret(options.tokenSecret().map(TokenSecret::checked).orElseGet(() -> kept(options)));
    }

    private static Secret checked(Secret given) {
        if (given.value().length() < MIN_LENGTH) {
            throw new StartException("SEMEL_TOKEN_SECRET must have at least " + MIN_LENGTH + " characters.");
        }
        return given;
    }

    private static Secret kept(ServerOptions options) {
        SecretFile file = new SecretFile(options.data().resolve("token-secret"));
        return file.read().orElseGet(() -> {
            Secret made = RandomTokens.next();
            file.write(made);
            return made;
        });
    }

    /** The token of that id: 256 bits that nobody can tell from random ones. */
    String derive(String tenant, UUID id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return RandomTokens.text(mac.doFinal((tenant + "/" + id).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
