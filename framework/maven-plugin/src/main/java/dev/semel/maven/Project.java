package dev.semel.maven;

import java.nio.file.Path;
import java.util.List;

/**
 * What the verifier reads. Immutable.
 *
 * @param base directory that the paths in reports are relative to
 * @param classes directories of compiled classes and resources; what does not exist is passed over
 * @param testClasses directories of compiled tests
 * @param sources directories of source files, to find places
 * @param classpath jars and directories with annotations and migrations of others
 * @param outgoing more calls that no handler may make, as {@code package.Class#method}, each part with {@code *} for anything
 */
public record Project(
        Path base,
        List<Path> classes,
        List<Path> testClasses,
        List<Path> sources,
        List<Path> classpath,
        List<String> outgoing) {
    /** Copies the lists. */
    public Project {
        classes = List.copyOf(classes);
        testClasses = List.copyOf(testClasses);
        sources = List.copyOf(sources);
        classpath = List.copyOf(classpath);
        outgoing = List.copyOf(outgoing);
    }
}
