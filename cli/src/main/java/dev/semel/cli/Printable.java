package dev.semel.cli;

/** Makes texts from elsewhere safe to print: no sequence may move the cursor, colour the screen or turn the reading direction. */
public final class Printable {

    private Printable() {}

    /** The text with a question mark for each character that is not seen as itself. */
    public static String text(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(Printable::visible).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static int visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> '?';
            default -> character;
        };
    }
}
