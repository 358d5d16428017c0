package dev.semel.sync.text;

/** Why two files cannot both be live in one scope. */
public enum PathCollision {
    /** They have one path. */
    SAME_PATH,
    /** Their paths differ in case or in spelling only. */
    SAME_KEY,
    /** One's path is a folder of the other's. */
    FILE_AND_FOLDER
}
