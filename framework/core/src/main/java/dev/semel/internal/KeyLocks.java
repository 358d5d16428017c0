package dev.semel.internal;

import dev.semel.Call;
import java.util.HexFormat;

/** The numbers of the locks that a key has: one with its payload, two without. */
record KeyLocks(long payload, long key, long keyAgain) {
    static KeyLocks of(Call<?, ?> call) {
        String tenant = call.caller().tenant();
        String key = call.key().value();
        String hash = HexFormat.of().formatHex(call.fingerprint().sha256());
        return new KeyLocks(
                Names.lock("payload", tenant, key, hash),
                Names.lock("key", tenant, key),
                Names.lock("key again", tenant, key));
    }
}
