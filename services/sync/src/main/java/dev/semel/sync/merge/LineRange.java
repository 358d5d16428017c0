package dev.semel.sync.merge;

/**
 * Lines of a file that follow one another.
 *
 * @param first the number of the first, counted from 1; of none: the number that an inserted line would have
 * @param count how many; 0 for none
 */
public record LineRange(int first, int count) {}
