package dev.semel.sync.text;

/** The rules that a path keeps. The names are stable: they are told to clients. */
public enum PathRule {
    /** At least one character. */
    EMPTY("A path has at least one character."),
    /** At most {@value SyncPath#MAX_BYTES} bytes. */
    TOO_LONG("A path has at most 1,024 bytes as UTF-8."),
    /** At most {@value SyncPath#MAX_LEVELS} levels. */
    TOO_DEEP("A path has at most 32 levels."),
    /** At most {@value SyncPath#MAX_SEGMENT_BYTES} bytes between two slashes. */
    SEGMENT_TOO_LONG("A name in a path has at most 255 bytes as UTF-8."),
    /**
     * Only characters that Unicode has assigned: of others nobody knows how they are composed or written in lower case, and some
     * systems store what they cannot name as one for private use.
     */
    NOT_UNICODE("A path consists of assigned Unicode characters."),
    /** Composed: the one spelling that is compared byte by byte. */
    NOT_NFC("A path is in Unicode's composed form, NFC."),
    /** Relative to the scope. */
    ABSOLUTE("A path does not begin with a slash."),
    /** No Windows drive. */
    DRIVE("A path does not begin with a drive."),
    /** No Windows share. */
    UNC("A path does not begin with the name of a share."),
    /** No slash at the end, no two slashes in a row. */
    EMPTY_SEGMENT("A path has no empty name between its slashes."),
    /** No way up. */
    DOT_SEGMENT("A path has no name of one or two dots."),
    /** No control character, line or paragraph separator. */
    CONTROL("A path has no control character."),
    /** No character that turns the direction of writing. */
    BIDI("A path has no character that changes the direction of writing."),
    /** No character that cannot be seen. */
    ZERO_WIDTH("A path has no invisible character."),
    /** None that some file system cannot store. */
    FORBIDDEN_CHARACTER("A path has none of the characters \\ : * ? \" < > |."),
    /** Windows drops them. */
    TRAILING_DOT_OR_SPACE("No name in a path ends in a dot or a space."),
    /** Windows opens a device instead, also with an extension. */
    DEVICE_NAME("No name in a path is a device of Windows."),
    /** Git's own folder, in any spelling that a file system takes for it. */
    GIT_FOLDER("No name in a path is Git's own folder."),
    /** The client's state folder {@value SyncPath#STATE_FOLDER}, in any spelling that a file system takes for it. */
    STATE_FOLDER("No name in a path is the folder that a client keeps its state in.");

    private final String detail;

    PathRule(String detail) {
        this.detail = detail;
    }

    <T> Checked<T> refused() {
        return Checked.refused(new Refusal(SyncPath.INVALID, name(), detail));
    }
}
