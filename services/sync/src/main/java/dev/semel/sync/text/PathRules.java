package dev.semel.sync.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the rule that a text breaks. */
final class PathRules {
    private static final String FORBIDDEN = "\\:*?\"<>|";

    private PathRules() {}

    static Optional<PathRule> broken(String text) {
        if (text.isEmpty()) {
            return Optional.of(PathRule.EMPTY);
        }
        // No character is less than a byte: what is longer is not looked at.
        if (text.length() > SyncPath.MAX_BYTES) {
            return Optional.of(PathRule.TOO_LONG);
        }
        return beginning(text).or(() -> characters(text)).or(() -> whole(text)).or(() -> segments(text));
    }

    private static Optional<PathRule> beginning(String text) {
        if (text.startsWith("\\\\") || text.startsWith("//")) {
            return Optional.of(PathRule.UNC);
        }
        if (text.startsWith("/")) {
            return Optional.of(PathRule.ABSOLUTE);
        }
        boolean drive = text.length() > 1 && text.charAt(1) == ':' && isLatin(text.charAt(0));
        return drive ? Optional.of(PathRule.DRIVE) : Optional.empty();
    }

    private static boolean isLatin(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    }

    private static Optional<PathRule> characters(String text) {
        return text.codePoints()
                .mapToObj(PathRules::character)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<PathRule> character(int point) {
        if (FORBIDDEN.indexOf(point) >= 0) {
            return Optional.of(PathRule.FORBIDDEN_CHARACTER);
        }
        return switch (UCharacter.getType(point)) {
            case ECharacterCategory.CONTROL,
                    ECharacterCategory.LINE_SEPARATOR,
                    ECharacterCategory.PARAGRAPH_SEPARATOR -> Optional.of(PathRule.CONTROL);
            case ECharacterCategory.SURROGATE, ECharacterCategory.UNASSIGNED, ECharacterCategory.PRIVATE_USE ->
                invisible(point).or(() -> Optional.of(PathRule.NOT_UNICODE));
            default -> invisible(point);
        };
    }

    private static Optional<PathRule> invisible(int point) {
        if (UCharacter.hasBinaryProperty(point, UProperty.BIDI_CONTROL)) {
            return Optional.of(PathRule.BIDI);
        }
        boolean ignorable = UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                && !PathKeys.choosesLooks(point);
        // The anchors of interlinear annotations are no less invisible for not being ignorable.
        return ignorable || (point >= 0xFFF9 && point <= 0xFFFB) ? Optional.of(PathRule.ZERO_WIDTH) : Optional.empty();
    }

    private static Optional<PathRule> whole(String text) {
        if (bytes(text) > SyncPath.MAX_BYTES) {
            return Optional.of(PathRule.TOO_LONG);
        }
        return PathKeys.isComposed(text) ? Optional.empty() : Optional.of(PathRule.NOT_NFC);
    }

    private static Optional<PathRule> segments(String text) {
        String[] segments = text.split("/", -1);
        for (String segment : segments) {
            Optional<PathRule> broken = SegmentRules.broken(segment);
            if (broken.isPresent()) {
                return broken;
            }
        }
        return segments.length > SyncPath.MAX_LEVELS ? Optional.of(PathRule.TOO_DEEP) : Optional.empty();
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
