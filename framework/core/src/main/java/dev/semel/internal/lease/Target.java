package dev.semel.internal.lease;

import java.util.regex.Pattern;

/** What a lease locks. */
record Target(String tenant, String name) {
    private static final Pattern NAME = Pattern.compile("[!-~]{1,200}");

    Target {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("invalid lease target: must match " + NAME);
        }
    }
}
