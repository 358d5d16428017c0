package dev.semel.internal;

import dev.semel.PayloadCodec;
import dev.semel.Transactions;
import dev.semel.failpoint.Failpoints;

/** The collaborators that every write of an engine shares. */
record Machinery(
        Transactions transactions,
        PayloadCodec codec,
        Bindings bindings,
        KeyLayout layout,
        Replays replays,
        Failpoints failpoints) {}
