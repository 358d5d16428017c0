package dev.semel.server.tokens;

/** A request to revoke a token: it has no content, its path says which. */
record Revocation() {}
