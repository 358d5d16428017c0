package dev.semel.sync.text;

import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the rule that a name between two slashes breaks, whose characters are all allowed. */
final class SegmentRules {
    // Windows takes the superscripts of Latin-1 for digits, and looks at nothing from the first dot on.
    private static final Pattern DEVICE =
            Pattern.compile("(con|prn|aux|nul|clock\\$|conin\\$|conout\\$|(com|lpt)[0-9\u00B9\u00B2\u00B3]) *(\\..*)?");
    // What is of eight and three letters gets a tilde and a number. A name may be all but a dot away from the folder's.
    private static final Pattern GIT = Pattern.compile("\\.git|git~[0-9]+");
    private static final Pattern STATE = Pattern.compile("\\.semel|semel~[0-9]+");

    private SegmentRules() {}

    static Optional<PathRule> broken(String segment) {
        if (segment.isEmpty()) {
            return Optional.of(PathRule.EMPTY_SEGMENT);
        }
        if (segment.equals(".") || segment.equals("..")) {
            return Optional.of(PathRule.DOT_SEGMENT);
        }
        if (segment.endsWith(".") || segment.endsWith(" ")) {
            return Optional.of(PathRule.TRAILING_DOT_OR_SPACE);
        }
        if (PathRules.bytes(segment) > SyncPath.MAX_SEGMENT_BYTES) {
            return Optional.of(PathRule.SEGMENT_TOO_LONG);
        }
        return reserved(PathKeys.of(segment));
    }

    private static Optional<PathRule> reserved(String key) {
        if (DEVICE.matcher(key).matches()) {
            return Optional.of(PathRule.DEVICE_NAME);
        }
        if (GIT.matcher(key).matches()) {
            return Optional.of(PathRule.GIT_FOLDER);
        }
        return STATE.matcher(key).matches() ? Optional.of(PathRule.STATE_FOLDER) : Optional.empty();
    }
}
