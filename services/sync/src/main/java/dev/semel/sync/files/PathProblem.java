package dev.semel.sync.files;

/** Why a file cannot have a path. */
public enum PathProblem {
    /** Another live file has it, or lies within it, or is where it needs a folder. */
    PATH_TAKEN,
    /** Another live file's path differs in case or spelling only. */
    CASE_COLLISION
}
