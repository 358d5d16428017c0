package dev.semel.books.access;

/** A request to revoke a grant: it has no content, its path says which. */
public record RevokeAccess() {}
