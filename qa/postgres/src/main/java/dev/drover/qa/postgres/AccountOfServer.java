// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account under which the server runs.
 *
 * @param name null for the account of this process
 */
record AccountOfServer(@Nullable String name) {

    private static final List<String> FOR_ROOT = List.of("postgres", "nobody");

    /** This process's own, unless that is root. */
    static AccountOfServer find() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new AccountOfServer(null);
        }
        for (String candidate : FOR_ROOT) {
            try {
                accounts().lookupPrincipalByName(candidate);
                return new AccountOfServer(candidate);
            } catch (UserPrincipalNotFoundException e) {
                // The next one, then.
            }
        }
        throw new IllegalStateException("PostgreSQL does not run as root, and none of " + FOR_ROOT + " exists");
    }

    /** Makes the folder the server's. */
    void own(Path folder) throws IOException {
        if (name != null) {
            UserPrincipal owner = accounts().lookupPrincipalByName(name);
            Files.setOwner(folder, owner);
        }
    }

    /** Whether this account can get at what lies in the folder. */
    boolean reaches(Path folder) throws IOException {
        for (Path place = folder; name != null && place != null; place = place.getParent()) {
            if (!Files.getPosixFilePermissions(place).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The command under this account; it replaces whatever starts it, so that its process is the program itself. It ends
     * with the process that starts it, however that ends: a test run may be killed.
     */
    List<String> command(Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig=INT"));
        if (name != null) {
            command.addAll(List.of("--reuid=" + name, "--regid=nogroup", "--clear-groups"));
        }
        command.add("--");
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static UserPrincipalLookupService accounts() {
        return Path.of("/").getFileSystem().getUserPrincipalLookupService();
    }
}
