package dev.semel.server.tokens;

import dev.semel.server.options.Secret;
import dev.semel.server.options.ServerOptions;
import dev.semel.server.options.StartException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that a start brings along: those of the setting as far as they are missing, else, on a database without any
 * token, an admin's. A token that was revoked stays revoked.
 */
public final class TokenBootstrap {
    private static final Logger LOG = LoggerFactory.getLogger(TokenBootstrap.class);
    private static final Identity FIRST_ADMIN = new Identity("demo", "admin", Set.of(Role.ADMIN));

    private final List<BootstrapToken> given;
    private final ServerOptions options;

    private TokenBootstrap(List<BootstrapToken> given, ServerOptions options) {
        this.given = given;
        this.options = options;
    }

    /**
     * What these options ask for.
     *
     * @throws StartException if the setting is malformed
     */
    public static TokenBootstrap of(ServerOptions options) {
        return new TokenBootstrap(
                options.bootstrapTokens().map(BootstrapToken::parseAll).orElse(List.of()), options);
    }

    /**
     * Creates what is missing, in one transaction.
     *
     * @param owner connections of the role that owns the schemas
     * @return the admin's token, if one was made
     * @throws StartException if the setting gives away a token that belongs to somebody else
     */
    public Optional<AdminToken> run(DataSource owner) {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            Optional<AdminToken> made = run(new BootstrapTable(connection));
            connection.commit();
            return made;
        } catch (SQLException e) {
            throw new StartException("The first tokens cannot be stored: " + e.getMessage(), e);
        }
    }

    private Optional<AdminToken> run(BootstrapTable table) throws SQLException {
        table.lock();
        for (int i = 0; i < given.size(); i++) {
            ensure(table, given.get(i), i + 1);
        }
        return options.bootstrapTokens().isEmpty() && table.isEmpty()
                ? Optional.of(makeAdmin(table))
                : Optional.empty();
    }

    private static void ensure(BootstrapTable table, BootstrapToken token, int number) throws SQLException {
        TokenHash hash = TokenHash.of(token.token().value());
        Optional<Identity> present = table.find(hash);
        if (present.isEmpty()) {
            table.insert(token.owner(), hash);
        } else {
            requireSame(present.get(), token.owner(), number);
        }
    }

    private static void requireSame(Identity stored, Identity given, int number) {
        if (!stored.tenant().equals(given.tenant()) || !stored.user().equals(given.user())) {
            throw new StartException("SEMEL_BOOTSTRAP_TOKENS, entry " + number
                    + ": this token belongs to another tenant or user already. Choose another token.");
        }
        if (!stored.roles().equals(given.roles())) {
            LOG.warn(
                    "the token of entry {} of SEMEL_BOOTSTRAP_TOKENS exists and keeps its roles {}; bring another token to change them",
                    number,
                    Role.texts(stored.roles()));
        }
    }

    /** The file comes first: a token that is stored and known to nobody would lock everybody out. */
    private AdminToken makeAdmin(BootstrapTable table) throws SQLException {
        Secret token = RandomTokens.next();
        SecretFile file = new SecretFile(options.data().resolve("admin-token"));
        file.write(token);
        table.insert(FIRST_ADMIN, TokenHash.of(token.value()));
        return new AdminToken(FIRST_ADMIN, token, file.path());
    }
}
