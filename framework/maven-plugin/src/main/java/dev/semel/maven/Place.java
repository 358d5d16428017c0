package dev.semel.maven;

/**
 * Where something was found.
 *
 * @param type the class's name
 * @param member method or field; empty for the class as a whole
 * @param line in the source; 0 if unknown
 * @param file the source relative to the project, with slashes; empty if unknown
 */
public record Place(String type, String member, int line, String file) {
    @Override
    public String toString() {
        String name = member.isEmpty() ? type : type + "." + member;
        String source = file.substring(file.lastIndexOf('/') + 1);
        return source.isEmpty() ? name : name + " (" + source + (line > 0 ? ":" + line : "") + ")";
    }
}
