// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** The command under this account; it replaces whatever starts it, so that its process is the program itself. */
    List<String> command(Path program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (name != null) {
            command.addAll(List.of("setpriv", "--reuid=" + name, "--regid=nogroup", "--clear-groups", "--"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static UserPrincipalLookupService accounts() {
        return Path.of("/").getFileSystem().getUserPrincipalLookupService();
    }
}
