package dev.semel.sync.review;

import dev.semel.sync.changesets.Closing;
import dev.semel.sync.changesets.Deciding;
import dev.semel.sync.rebase.Rebasing;
import dev.semel.sync.rebase.Reverting;

/** What is done to changesets. Immutable. */
public record ReviewWrites(Deciding deciding, Closing closing, Rebasing rebasing, Reverting reverting) {}
