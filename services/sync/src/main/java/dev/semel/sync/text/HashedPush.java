package dev.semel.sync.text;

import org.jspecify.annotations.Nullable;

/**
 * What of a push beside its ops makes it another push. Its id does not: that is what the hash is kept under.
 *
 * @param scope where it goes
 * @param targetBranch to which branch
 * @param message what its author says; null if nothing
 * @param allowBehind whether ops on old versions are stored
 */
public record HashedPush(
        String scope, String targetBranch, @Nullable String message, boolean allowBehind) {}
