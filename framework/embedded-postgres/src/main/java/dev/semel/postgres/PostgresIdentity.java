package dev.semel.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs: it refuses to run as root, so root has to become somebody else first.
 *
 * @param prefix what to put before a command
 * @param owner who must own the cluster's files, if that is not simply the user of this JVM
 */
record PostgresIdentity(List<String> prefix, Optional<String> owner) {

    /** The user of this JVM. */
    static final PostgresIdentity SAME_USER = new PostgresIdentity(List.of(), Optional.empty());

    /** Root who, in a user namespace of his own, is shown as nobody. Reaches all that root owns, also in closed folders. */
    static final PostgresIdentity UNMAPPED_ROOT = new PostgresIdentity(List.of("unshare", "-U"), Optional.of("root"));

    /** The user nobody, where user namespaces are switched off. Needs a way to the data that is open to all. */
    static final PostgresIdentity NOBODY = new PostgresIdentity(
            List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups"), Optional.of("nobody"));

    /** The first that works here, found by trying. */
    static PostgresIdentity choose() {
        if (!isRoot()) {
            return SAME_USER;
        }
        return Stream.of(UNMAPPED_ROOT, NOBODY)
                .filter(PostgresIdentity::works)
                .findFirst()
                .orElseThrow(() -> new EmbeddedPostgresException(
                        "PostgreSQL refuses to run as root, and neither a user namespace (unshare -U) nor the user nobody (setpriv)"
                                + " works here. Start as an ordinary user, or use a database of your own."));
    }

    static boolean isRoot() {
        return ShortCommand.output(List.of("id", "-u")).filter("0"::equals).isPresent();
    }

    /** Whether commands run like this at all, as somebody who is not root and has a name. */
    boolean works() {
        return ShortCommand.succeeds(as("sh", "-c", "test \"$(id -u)\" != 0 && id -un"));
    }

    /** Whether a binary can be reached and executed. */
    boolean canRun(Path binary) {
        return ShortCommand.succeeds(as(binary.toString(), "--version"));
    }

    /** The command, to be run as this identity. */
    List<String> as(String... command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(List.of(command));
        return whole;
    }

    /** Opens the folder, which was made for this JVM's user only, as far as needed to reach the cluster in it. */
    void openWay(Path folder) throws IOException {
        if (!canEnter(folder) && equals(NOBODY)) {
            var permissions = Files.getPosixFilePermissions(folder);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            Files.setPosixFilePermissions(folder, permissions);
        }
        if (!canEnter(folder)) {
            throw new EmbeddedPostgresException("PostgreSQL has to run as the user nobody here, who cannot pass "
                    + firstClosed(folder)
                    + ". Choose a data directory elsewhere, let others pass that folder (chmod o+x),"
                    + " or start as an ordinary user.");
        }
    }

    /** Makes the file or folder this identity's, if root had made it, or nobody's, in an earlier start. */
    void own(Path path) throws IOException {
        var current = Files.getOwner(path).getName();
        if (owner.isEmpty() || current.equals(owner.get())) {
            return;
        }
        if (!List.of("root", "nobody").contains(current)) {
            throw new EmbeddedPostgresException(
                    path + " belongs to the user " + current + ". Start as that user instead of root.");
        }
        var principals = path.getFileSystem().getUserPrincipalLookupService();
        FileTrees.give(path, principals.lookupPrincipalByName(owner.get()));
    }

    private boolean canEnter(Path folder) {
        return ShortCommand.succeeds(as("sh", "-c", "cd \"$1\"", "sh", folder.toString()));
    }

    private Path firstClosed(Path folder) {
        return Stream.iterate(folder, Objects::nonNull, Path::getParent)
                .filter(ancestor -> !canEnter(ancestor))
                .reduce((inner, outer) -> outer)
                .orElse(folder);
    }
}
