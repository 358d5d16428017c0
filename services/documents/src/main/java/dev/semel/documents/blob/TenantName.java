package dev.semel.documents.blob;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tenant's name as the name of a folder: whatever the tenant is called, on every file system a name of its own, also where capitals
 * and small letters are one, where {@code ..} climbs and {@code con} is a device.
 */
final class TenantName {
    private static final Pattern FOLDER = Pattern.compile("t-(?:[a-z0-9-]|_[0-9a-f]{2})+");
    private static final Pattern ESCAPED = Pattern.compile("_([0-9a-f]{2})");

    private TenantName() {}

    static String folder(String tenant) {
        StringBuilder name = new StringBuilder("t-");
        for (byte one : tenant.getBytes(StandardCharsets.UTF_8)) {
            name.append(isPlain(one) ? String.valueOf((char) one) : "_%02x".formatted(one));
        }
        return name.toString();
    }

    private static boolean isPlain(byte one) {
        return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '-';
    }

    /** Empty if no tenant's folder is called that. */
    static Optional<String> tenant(String folder) {
        if (!FOLDER.matcher(folder).matches()) {
            return Optional.empty();
        }
        String latin = ESCAPED.matcher(folder.substring(2))
                .replaceAll(hex -> Matcher.quoteReplacement(character(hex.group(1))));
        String tenant = new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return Optional.of(tenant).filter(name -> folder(name).equals(folder));
    }

    private static String character(String hex) {
        return String.valueOf((char) Integer.parseInt(hex, 16));
    }
}
