package dev.semel.cli;

import picocli.CommandLine.IVersionProvider;

/** Reads the version from the jar's manifest. */
final class SemelVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Semel.class.getPackage().getImplementationVersion();
        return new String[] {"semel " + (version == null ? "(not packaged)" : version)};
    }
}
