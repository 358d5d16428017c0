package dev.semel.sync.pull;

/** A live file of main. Immutable. */
public record ManifestEntry(String fileId, String serverPath, long version, String contentHash) {
    /** As it goes into the manifest's hash; nothing in it can be a tab or an end of line. */
    String line() {
        return fileId + "\t" + version + "\t" + contentHash + "\t" + serverPath + "\n";
    }
}
