package dev.semel.sync.publish;

/** Why a file cannot be published. */
public enum Conflict {
    /** Main has another version than its base. */
    BASE_CHANGED,
    /** Main has deleted it. */
    BASE_DELETED,
    /** It is to be deleted, and main has changed it. */
    DELETE_OF_CHANGED,
    /** Another file has its path, or is in the way of its folders. */
    PATH_TAKEN,
    /** Another file's path differs in case or spelling only. */
    CASE_COLLISION
}
