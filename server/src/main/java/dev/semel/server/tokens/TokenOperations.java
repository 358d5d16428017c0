package dev.semel.server.tokens;

import dev.semel.Operation;

/** The operations on tokens. */
final class TokenOperations {
    static final Operation<NewToken, Token> CREATE_TOKEN =
            Operation.highRisk("createToken", NewToken.class, Token.class).build();

    static final Operation<Revocation, Token> REVOKE_TOKEN =
            Operation.highRisk("revokeToken", Revocation.class, Token.class).build();

    private TokenOperations() {}
}
