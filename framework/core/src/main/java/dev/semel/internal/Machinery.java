package dev.semel.internal;

import dev.semel.PayloadCodec;
import dev.semel.Transactions;

/** The collaborators that every write of an engine shares. */
record Machinery(Transactions transactions, PayloadCodec codec, Bindings bindings, KeyLayout layout, Replays replays) {}
